package io.portico.gateway.control.v2.rules;

import io.portico.gateway.control.protocol.ServiceException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The <b>integration subtypes</b> of HTTP APIs: actions of services, with what they are given.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html">Integration
 *     subtype reference</a>
 */
@SuppressWarnings("ImmutableEnumChecker") // Both sets are immutable, but not marked so.
enum ServiceAction {
  EVENTBRIDGE_PUT_EVENTS(
      "EventBridge-PutEvents",
      Set.of("Detail", "DetailType", "Source"),
      Set.of("Time", "EventBusName", "Resources")),
  SQS_SEND_MESSAGE(
      "SQS-SendMessage",
      Set.of("QueueUrl", "MessageBody"),
      Set.of(
          "DelaySeconds",
          "MessageAttributes",
          "MessageDeduplicationId",
          "MessageGroupId",
          "MessageSystemAttributes")),
  SQS_RECEIVE_MESSAGE(
      "SQS-ReceiveMessage",
      Set.of("QueueUrl"),
      Set.of(
          "AttributeName",
          "AttributeNames",
          "MaxNumberOfMessages",
          "MessageAttributeNames",
          "ReceiveRequestAttemptId",
          "VisibilityTimeout",
          "WaitTimeSeconds")),
  SQS_DELETE_MESSAGE("SQS-DeleteMessage", Set.of("ReceiptHandle", "QueueUrl"), Set.of()),
  SQS_PURGE_QUEUE("SQS-PurgeQueue", Set.of("QueueUrl"), Set.of()),
  APPCONFIG_GET_CONFIGURATION(
      "AppConfig-GetConfiguration",
      Set.of("Application", "Environment", "Configuration", "ClientId"),
      Set.of("ClientConfigurationVersion")),
  KINESIS_PUT_RECORD(
      "Kinesis-PutRecord",
      Set.of("StreamName", "Data", "PartitionKey"),
      Set.of("SequenceNumberForOrdering", "ExplicitHashKey")),
  STEP_FUNCTIONS_START_EXECUTION(
      "StepFunctions-StartExecution", Set.of("StateMachineArn"), Set.of("Name", "Input")),
  STEP_FUNCTIONS_START_SYNC_EXECUTION(
      "StepFunctions-StartSyncExecution",
      Set.of("StateMachineArn"),
      Set.of("Name", "Input", "TraceHeader")),
  STEP_FUNCTIONS_STOP_EXECUTION(
      "StepFunctions-StopExecution", Set.of("ExecutionArn"), Set.of("Cause", "Error"));

  /** Where the action is to be taken, of any of them. */
  private static final String REGION = "Region";

  private final String subtype;
  private final Set<String> required;
  private final Set<String> optional;

  ServiceAction(String subtype, Set<String> required, Set<String> optional) {
    this.subtype = subtype;
    this.required = required;
    this.optional = optional;
  }

  /**
   * The one of a subtype.
   *
   * @throws ServiceException if there is none of that version
   */
  // AWS: source: reported, https://github.com/badmintoncryer/cdk-preflight.
  static ServiceAction of(String subtype, String payloadFormatVersion) {
    return Stream.of(values())
        .filter(action -> action.subtype.equals(subtype) && payloadFormatVersion.equals("1.0"))
        .findFirst()
        .orElseThrow(
            () -> ServiceException.badRequest("Operation: " + subtype + " is not supported."));
  }

  /** Whether it can be asked for with these parameters. */
  // AWS: the first text: as above, its order by name; the second is assumed.
  void check(Map<String, String> parameters) {
    if (!parameters.keySet().containsAll(required)) {
      throw ServiceException.badRequest(
          "Operation: %s requires enabling passthrough, or defining all of the following parameters"
                  .formatted(subtype)
              + " in the parameter mapping: "
              + sorted(required));
    }
    List<String> unknown =
        sorted(parameters.keySet()).stream()
            .filter(name -> !required.contains(name) && !optional.contains(name))
            .filter(name -> !name.equals(REGION))
            .toList();
    if (!unknown.isEmpty()) {
      throw ServiceException.badRequest(
          "Operation: %s does not support the following parameters: %s"
              .formatted(subtype, unknown));
    }
    ParameterMappings.checkParameters(parameters);
  }

  private static List<String> sorted(Collection<String> names) {
    return names.stream().sorted().toList();
  }
}
