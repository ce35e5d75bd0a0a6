package io.portico.gateway.compile.httpapi;

import io.portico.gateway.aws.AwsService.JsonProtocol;
import io.portico.gateway.aws.AwsServices;
import io.portico.gateway.compile.ServiceEndpoints;
import io.portico.gateway.compile.UnusableException;
import io.portico.gateway.model.v2.IntegrationRecord;
import io.portico.gateway.snapshot.ParameterSource;
import io.portico.gateway.snapshot.httpapi.ParameterChanges;
import io.portico.gateway.snapshot.httpapi.RouteIntegration;
import io.portico.gateway.snapshot.httpapi.ServiceForm;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The actions of AWS's services that an {@code integrationSubtype} names.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html">
 *     Integration subtype reference</a>
 */
final class ServiceActions {
  private static final String REGION = "Region";

  private static final Map<String, Subtype> SUBTYPES =
      Map.of(
          "EventBridge-PutEvents",
          new Subtype(
              "events",
              List.of("Detail", "DetailType", "Source"),
              List.of("Time", "EventBusName", "Resources"),
              json("events", "PutEvents", "Entries", "Resources")),
          "SQS-SendMessage",
          new Subtype(
              "sqs",
              List.of("QueueUrl", "MessageBody"),
              List.of(
                  "DelaySeconds",
                  "MessageAttributes",
                  "MessageDeduplicationId",
                  "MessageGroupId",
                  "MessageSystemAttributes"),
              sqs("SendMessage")),
          "SQS-ReceiveMessage",
          new Subtype(
              "sqs",
              List.of("QueueUrl"),
              List.of(
                  "AttributeNames",
                  "MaxNumberOfMessages",
                  "MessageAttributeNames",
                  "ReceiveRequestAttemptId",
                  "VisibilityTimeout",
                  "WaitTimeSeconds"),
              sqs("ReceiveMessage")),
          "SQS-DeleteMessage",
          new Subtype("sqs", List.of("ReceiptHandle", "QueueUrl"), List.of(), sqs("DeleteMessage")),
          "SQS-PurgeQueue",
          new Subtype("sqs", List.of("QueueUrl"), List.of(), sqs("PurgeQueue")),
          "AppConfig-GetConfiguration",
          new Subtype(
              "appconfig",
              List.of("Application", "Environment", "Configuration", "ClientId"),
              List.of("ClientConfigurationVersion"),
              new ServiceForm.Rest(
                  "/applications/{Application}/environments/{Environment}"
                      + "/configurations/{Configuration}",
                  Map.of(
                      "ClientId",
                      "client_id",
                      "ClientConfigurationVersion",
                      "client_configuration_version"))),
          "Kinesis-PutRecord",
          new Subtype(
              "kinesis",
              List.of("StreamName", "Data", "PartitionKey"),
              List.of("SequenceNumberForOrdering", "ExplicitHashKey"),
              json("kinesis", "PutRecord", null)),
          "StepFunctions-StartExecution",
          new Subtype(
              "states",
              List.of("StateMachineArn"),
              List.of("Name", "Input"),
              json("states", "StartExecution", null)),
          "StepFunctions-StartSyncExecution",
          new Subtype(
              "states",
              List.of("StateMachineArn"),
              List.of("Name", "Input", "TraceHeader"),
              json("states", "StartSyncExecution", null)),
          "StepFunctions-StopExecution",
          new Subtype(
              "states",
              List.of("ExecutionArn"),
              List.of("Cause", "Error"),
              json("states", "StopExecution", null)));

  private final ServiceEndpoints services;
  private final String region;

  /**
   * @param region of the API: where actions are called that name no other
   */
  ServiceActions(ServiceEndpoints services, String region) {
    this.services = services;
    this.region = region;
  }

  /**
   * An action.
   *
   * @param service its name in endpoints
   */
  private record Subtype(
      String service, List<String> required, List<String> optional, ServiceForm form) {
    boolean has(String parameter) {
      return required.contains(parameter) || optional.contains(parameter);
    }

    /** AWS: Step Functions begins its members with small letters; source: documented, its API. */
    String member(String parameter) {
      return service.equals("states")
          ? Character.toLowerCase(parameter.charAt(0)) + parameter.substring(1)
          : parameter;
    }
  }

  private static ServiceForm json(
      String service, String action, @Nullable String list, String... documents) {
    JsonProtocol protocol = AwsServices.named(service).json();
    if (protocol == null) {
      throw new IllegalStateException("no service that speaks JSON: " + service);
    }
    return new ServiceForm.Json(
        protocol.contentType(), protocol.target(action), list, Set.of(documents));
  }

  /** AWS: answers of SQS come in XML, as its query protocol has them; source: reported by users. */
  private static ServiceForm sqs(String action) {
    return new ServiceForm.Query(action, "2012-11-05");
  }

  /**
   * Compiles an integration with a subtype.
   *
   * @param changes those of answers; a request is made of its parameters alone
   */
  RouteIntegration compile(String name, IntegrationRecord record, ParameterChanges changes)
      throws UnusableException {
    Subtype subtype = SUBTYPES.get(name);
    if (subtype == null) {
      throw new UnusableException("no integration subtype: " + name);
    }
    Map<String, String> given =
        record.requestParameters() == null ? Map.of() : record.requestParameters();
    for (String required : subtype.required) {
      if (!given.containsKey(required)) {
        throw new UnusableException(name + " has no " + required);
      }
    }
    Map<String, List<ParameterSource>> parameters = new LinkedHashMap<>();
    for (Map.Entry<String, String> parameter : given.entrySet()) {
      if (subtype.has(parameter.getKey())) {
        parameters.put(
            subtype.member(parameter.getKey()),
            ParameterChangeCompiler.value(parameter.getValue()));
      } else if (!parameter.getKey().equals(REGION)) {
        throw new UnusableException(name + " takes no " + parameter.getKey());
      }
    }
    ServiceEndpoints.Place place = place(subtype, name, given.getOrDefault(REGION, region));
    return new RouteIntegration.ServiceAction(
        Duration.ofMillis(Math.max(record.timeoutInMillis(), 1)),
        place.endpoint(),
        place.prefix(),
        subtype.form,
        Collections.unmodifiableMap(parameters),
        changes);
  }

  private ServiceEndpoints.Place place(Subtype subtype, String name, String wanted)
      throws UnusableException {
    if (!wanted.matches("[a-z0-9-]+")) {
      throw new UnusableException("no region: " + wanted);
    }
    String partition =
        wanted.startsWith("cn-") ? "aws-cn" : wanted.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    return services.of(
        partition,
        wanted,
        // AWS: synchronous executions have an endpoint of their own; source: documented, its API.
        name.equals("StepFunctions-StartSyncExecution") ? "sync-states" : subtype.service);
  }
}
