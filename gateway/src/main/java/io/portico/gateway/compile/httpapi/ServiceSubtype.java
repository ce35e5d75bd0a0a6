package io.portico.gateway.compile.httpapi;

import io.portico.gateway.aws.AwsService.JsonProtocol;
import io.portico.gateway.aws.AwsServices;
import io.portico.gateway.snapshot.httpapi.ServiceForm;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The <b>integration subtypes</b> of HTTP APIs: actions of services, with what they are given and
 * how they are called.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html">Integration
 *     subtype reference</a>
 */
@SuppressWarnings("ImmutableEnumChecker") // The lists are immutable, but not marked so.
public enum ServiceSubtype {
  EVENTBRIDGE_PUT_EVENTS(
      "EventBridge-PutEvents",
      "events",
      List.of("Detail", "DetailType", "Source"),
      List.of("Time", "EventBusName", "Resources", "TraceHeader"),
      json("events", "PutEvents", "Entries", "Resources")),
  SQS_SEND_MESSAGE(
      "SQS-SendMessage",
      "sqs",
      List.of("QueueUrl", "MessageBody"),
      List.of(
          "DelaySeconds",
          "MessageAttributes",
          "MessageDeduplicationId",
          "MessageGroupId",
          "MessageSystemAttributes"),
      sqs("SendMessage")),
  /** AWS: its reference has had {@code AttributeName}, and has {@code AttributeNames} now. */
  SQS_RECEIVE_MESSAGE(
      "SQS-ReceiveMessage",
      "sqs",
      List.of("QueueUrl"),
      List.of(
          "AttributeName",
          "AttributeNames",
          "MaxNumberOfMessages",
          "MessageAttributeNames",
          "ReceiveRequestAttemptId",
          "VisibilityTimeout",
          "WaitTimeSeconds"),
      sqs("ReceiveMessage")),
  SQS_DELETE_MESSAGE(
      "SQS-DeleteMessage",
      "sqs",
      List.of("ReceiptHandle", "QueueUrl"),
      List.of(),
      sqs("DeleteMessage")),
  SQS_PURGE_QUEUE("SQS-PurgeQueue", "sqs", List.of("QueueUrl"), List.of(), sqs("PurgeQueue")),
  APPCONFIG_GET_CONFIGURATION(
      "AppConfig-GetConfiguration",
      "appconfig",
      List.of("Application", "Environment", "Configuration", "ClientId"),
      List.of("ClientConfigurationVersion"),
      new ServiceForm.Rest(
          "/applications/{Application}/environments/{Environment}/configurations/{Configuration}",
          Map.of(
              "ClientId",
              "client_id",
              "ClientConfigurationVersion",
              "client_configuration_version"))),
  KINESIS_PUT_RECORD(
      "Kinesis-PutRecord",
      "kinesis",
      List.of("StreamName", "Data", "PartitionKey"),
      List.of("SequenceNumberForOrdering", "ExplicitHashKey"),
      json("kinesis", "PutRecord", null)),
  STEP_FUNCTIONS_START_EXECUTION(
      "StepFunctions-StartExecution",
      "states",
      List.of("StateMachineArn"),
      List.of("Name", "Input"),
      json("states", "StartExecution", null)),
  STEP_FUNCTIONS_START_SYNC_EXECUTION(
      "StepFunctions-StartSyncExecution",
      "states",
      List.of("StateMachineArn"),
      List.of("Name", "Input", "TraceHeader"),
      json("states", "StartSyncExecution", null)),
  STEP_FUNCTIONS_STOP_EXECUTION(
      "StepFunctions-StopExecution",
      "states",
      List.of("ExecutionArn"),
      List.of("Cause", "Error"),
      json("states", "StopExecution", null));

  /** The parameter of any of them that says where the action is to be taken. */
  public static final String REGION = "Region";

  private final String subtype;
  private final String service;
  private final List<String> required;
  private final List<String> optional;
  private final ServiceForm form;

  /**
   * @param service the name of its endpoint
   * @param required by their names in {@code requestParameters}
   */
  ServiceSubtype(
      String subtype,
      String service,
      List<String> required,
      List<String> optional,
      ServiceForm form) {
    this.subtype = subtype;
    this.service = service;
    this.required = required;
    this.optional = optional;
    this.form = form;
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

  /** The one that an {@code integrationSubtype} names, or null. */
  public static @Nullable ServiceSubtype named(String subtype) {
    return Stream.of(values())
        .filter(each -> each.subtype.equals(subtype))
        .findFirst()
        .orElse(null);
  }

  /** The action of the service. */
  String action() {
    return subtype.substring(subtype.indexOf('-') + 1);
  }

  /** Whether a text can be a region's name. */
  public static boolean isRegion(String text) {
    return text.matches("[a-z0-9-]+");
  }

  /** Its name in {@code integrationSubtype}. */
  public String subtype() {
    return subtype;
  }

  /** The parameters without which it cannot be asked for. */
  public List<String> required() {
    return required;
  }

  /** Whether it takes a parameter of that name, {@link #REGION} among them. */
  public boolean takes(String parameter) {
    return isOfAction(parameter) || parameter.equals(REGION);
  }

  /** Whether the action itself is given a parameter of that name. */
  boolean isOfAction(String parameter) {
    return required.contains(parameter) || optional.contains(parameter);
  }

  /** The name of its endpoint. */
  String service() {
    return service;
  }

  ServiceForm form() {
    return form;
  }

  /**
   * The name that the service has for a parameter. AWS: Step Functions begins its members with
   * small letters; source: documented, its API.
   */
  String member(String parameter) {
    return service.endsWith("states")
        ? Character.toLowerCase(parameter.charAt(0)) + parameter.substring(1)
        : parameter;
  }
}
