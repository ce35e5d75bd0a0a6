import os
import time

calls = 0


def handler(event, context):
    global calls
    calls += 1
    match event.get("do"):
        case "constant":
            return {"constant": [1, "zwölf", None]}
        case "raise":
            raise TypeError("it broke: Grüße")
        case "context":
            client = context.client_context
            return {
                "arn": context.invoked_function_arn,
                "id": context.aws_request_id,
                "name": context.function_name,
                "version": context.function_version,
                "memory": context.memory_limit_in_mb,
                "group": context.log_group_name,
                "stream": context.log_stream_name,
                "left": context.get_remaining_time_in_millis(),
                "title": client and client.client.app_title,
                "custom": client and client.custom["greeting"],
                "identity": context.identity and context.identity.cognito_identity_id,
                "trace": os.environ.get("_X_AMZN_TRACE_ID"),
            }
        case "print":
            print("said: Grüße")
            return None
        case "hang":
            time.sleep(60)
            return None
        case "count":
            return {"calls": calls, "process": os.getpid()}
        case "meet":
            open(os.path.join(event["folder"], context.aws_request_id), "w").close()
            while len(os.listdir(event["folder"])) < event["all"]:
                time.sleep(0.01)
            return context.aws_request_id
    return event
