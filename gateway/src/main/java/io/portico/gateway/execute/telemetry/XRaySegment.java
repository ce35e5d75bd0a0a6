package io.portico.gateway.execute.telemetry;

import io.portico.gateway.execute.Invocation;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.AwsEndpoint;
import io.portico.gateway.snapshot.LambdaFunction;
import io.portico.gateway.snapshot.ServedStage;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The <b>segment</b> of a call of a stage, with a subsegment for each that it called: its
 * authorizer's function, and what stands behind its integration.
 *
 * <p>AWS: the members are documented,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-understanding-xray-traces.html
 * and https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html; the
 * subsegment's id is what the backend is given as its parent, as in segments that users have
 * published. That the rule's name is there where nobody else has decided is assumed. How
 * subsegments of other backends than functions are called is assumed; so is the form of an
 * authorizer's, of which it is documented that there is one.
 */
public final class XRaySegment {
  private static final int TOO_MANY = 429;

  private XRaySegment() {}

  /** The document of a call. */
  public static String document(Answer answer) {
    Invocation invocation = answer.invocation();
    ServedStage stage = invocation.stage();
    ObjectNode segment =
        Json.object()
            .put("id", invocation.ownSegment())
            .put("name", stage.apiName() + "/" + stage.stageName())
            .put("start_time", seconds(invocation, invocation.request().arrivalNanos()))
            .put("end_time", seconds(invocation, arrival(invocation) + answer.nanos()))
            .put("trace_id", invocation.traceRoot());
    String parent = invocation.clientSegment();
    if (parent != null) {
      segment.put("parent_id", parent);
    }
    ObjectNode http = segment.putObject("http");
    request(http.putObject("request"), invocation);
    http.putObject("response")
        .put("status", answer.status())
        .put("content_length", answer.bodyBytes());
    if (invocation.observations().brokenOff() == null) {
      blame(segment, answer.status());
    } else {
      // AWS: assumed. Whatever status was sent, the server has failed.
      segment.put("fault", true);
    }
    ObjectNode aws = segment.putObject("aws");
    if (invocation.traceContext().isSampledHere()) {
      aws.putObject("xray").put("sampling_rule_name", "Default");
    }
    aws.putObject("api_gateway")
        .put("account_id", stage.accountId())
        .put("rest_api_id", stage.apiId())
        .put("stage", stage.stageName())
        .put("request_id", invocation.requestId());
    segment
        .putObject("annotations")
        .put("aws:api_id", stage.apiId())
        .put("aws:api_stage", stage.stageName());
    segment
        .putObject("metadata")
        .putObject("default")
        .put("extended_request_id", invocation.extendedRequestId())
        .put("request_id", invocation.requestId());
    segment.put("origin", "AWS::ApiGateway::Stage").put("resource_arn", resourceArn(stage));
    List<TracedStep> steps = TracedStep.of(invocation);
    if (!steps.isEmpty()) {
      ArrayNode subsegments = segment.putArray("subsegments");
      steps.forEach(step -> subsegments.add(subsegment(step, invocation)));
    }
    return Json.text(segment);
  }

  /** What is called, as a resource of AWS. */
  static String resourceArn(ServedStage stage) {
    return "arn:aws:apigateway:"
        + stage.region()
        + "::/restapis/"
        + stage.apiId()
        + "/stages/"
        + stage.stageName();
  }

  /**
   * AWS: the URL is made of protocol, host and path; source: documented,
   * xray-api-segmentdocuments.html. A query may have tokens and signatures, which are nobody's
   * there.
   */
  private static void request(ObjectNode request, Invocation invocation) {
    HttpRequest received = invocation.request();
    String target = received.target();
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    request
        .put("url", received.connection().scheme() + "://" + invocation.domainName() + path)
        .put("method", received.method());
    String agent = received.headers().first("User-Agent");
    if (agent != null) {
      request.put("user_agent", agent);
    }
    request.put("client_ip", received.connection().remoteIp()).put("x_forwarded_for", true);
  }

  private static ObjectNode subsegment(TracedStep step, Invocation invocation) {
    ObjectNode subsegment =
        Json.object()
            .put("id", step.id())
            .put("name", name(step.callee()))
            .put("start_time", seconds(invocation, step.startNanos()))
            .put("end_time", seconds(invocation, step.startNanos() + step.nanos()));
    ObjectNode http = subsegment.putObject("http");
    http.putObject("request").put("url", url(step.callee())).put("method", step.httpMethod());
    switch (step.callee()) {
      case TracedStep.Callee.Function(LambdaFunction function) -> {
        subsegment
            .putObject("aws")
            .put("function_name", function.name())
            .put("region", function.region())
            .put("operation", "Invoke")
            .putArray("resource_names")
            .add(function.name());
        subsegment.put("namespace", "aws");
      }
      case TracedStep.Callee.Service(AwsEndpoint endpoint, @Nullable String action) -> {
        ObjectNode aws = subsegment.putObject("aws").put("region", endpoint.region());
        if (action != null) {
          aws.put("operation", action);
        }
        subsegment.put("namespace", "aws");
      }
      case TracedStep.Callee.Server _ -> subsegment.put("namespace", "remote");
    }
    if (step.status() == 0) {
      subsegment.put("fault", true);
    } else {
      http.putObject("response").put("status", step.status());
      if (step.failure() != null && step.status() < 400) {
        // A function that has failed is answered for by status 200.
        subsegment.put("fault", true);
      } else {
        blame(subsegment, step.status());
      }
    }
    return subsegment;
  }

  private static String name(TracedStep.Callee callee) {
    return switch (callee) {
      case TracedStep.Callee.Function _ -> "Lambda";
      case TracedStep.Callee.Service service -> service.endpoint().signingName();
      case TracedStep.Callee.Server server -> server.origin().host();
    };
  }

  /**
   * AWS: that of AWS's own service, wherever it is called here. Without path and query, as above.
   */
  private static String url(TracedStep.Callee callee) {
    return switch (callee) {
      case TracedStep.Callee.Function(LambdaFunction function) ->
          "https://lambda."
              + function.region()
              + ".amazonaws.com/2015-03-31/functions/"
              + function.arn()
              + "/invocations";
      case TracedStep.Callee.Service service -> "https://" + service.endpoint().host() + "/";
      case TracedStep.Callee.Server server -> server.origin().url() + "/";
    };
  }

  /** Whose fault it was, as X-Ray tells it. */
  private static void blame(ObjectNode segment, int status) {
    if (status >= 500) {
      segment.put("fault", true);
    } else if (status >= 400) {
      segment.put("error", true);
      if (status == TOO_MANY) {
        segment.put("throttle", true);
      }
    }
  }

  private static long arrival(Invocation invocation) {
    return invocation.request().arrivalNanos();
  }

  /** Since 1970, with milliseconds. */
  private static double seconds(Invocation invocation, long nanoTime) {
    long millis = TimeUnit.NANOSECONDS.toMillis(nanoTime - arrival(invocation));
    return (invocation.time().toEpochMilli() + millis) / 1000.0;
  }
}
