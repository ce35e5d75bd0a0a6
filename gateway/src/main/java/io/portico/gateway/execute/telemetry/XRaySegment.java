package io.portico.gateway.execute.telemetry;

import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.Observations;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.IntegrationSnapshot;
import io.portico.gateway.snapshot.LambdaFunction;
import io.portico.gateway.snapshot.ServedStage;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.ObjectNode;

/**
 * The <b>segment</b> of a call of a stage, with a subsegment for what its integration called.
 *
 * <p>AWS: the members are documented,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-understanding-xray-traces.html
 * and https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html; the
 * subsegment's id is what the backend is given as its parent, as in segments that users have
 * published. How subsegments of other backends than functions are called is assumed.
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
            .put("id", HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()))
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
    blame(segment, answer.status());
    segment
        .putObject("aws")
        .putObject("api_gateway")
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
    segment
        .put("origin", "AWS::ApiGateway::Stage")
        .put(
            "resource_arn",
            "arn:aws:apigateway:"
                + stage.region()
                + "::/restapis/"
                + stage.apiId()
                + "/stages/"
                + stage.stageName());
    MethodMatch match = invocation.observations().match();
    if (match != null && invocation.observations().integrationCalled()) {
      segment.putArray("subsegments").add(subsegment(match.method().integration(), invocation));
    }
    return Json.text(segment);
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

  private static ObjectNode subsegment(IntegrationSnapshot integration, Invocation invocation) {
    Observations seen = invocation.observations();
    ObjectNode subsegment =
        Json.object()
            .put("id", invocation.segment())
            .put("name", name(integration))
            .put("start_time", seconds(invocation, seen.integrationStartNanos()))
            .put(
                "end_time",
                seconds(invocation, seen.integrationStartNanos() + seen.integrationNanos()));
    ObjectNode http = subsegment.putObject("http");
    ObjectNode request = http.putObject("request");
    switch (integration) {
      case IntegrationSnapshot.Lambda lambda -> {
        LambdaFunction function = lambda.function();
        String name = function.arn().substring(function.arn().lastIndexOf(':') + 1);
        request
            .put(
                "url",
                "https://lambda."
                    + function.region()
                    + ".amazonaws.com/2015-03-31/functions/"
                    + function.arn()
                    + "/invocations")
            .put("method", "POST");
        subsegment
            .putObject("aws")
            .put("function_name", name)
            .put("region", function.region())
            .put("operation", "Invoke")
            .putArray("resource_names")
            .add(name);
        subsegment.put("namespace", "aws");
      }
      case IntegrationSnapshot.Service service -> {
        request.put("url", "https://" + service.endpoint().host() + "/");
        subsegment.putObject("aws").put("region", service.endpoint().region());
        subsegment.put("namespace", "aws");
      }
      case IntegrationSnapshot.Http backend -> {
        request.put(
            "url",
            (backend.origin().tls() ? "https://" : "http://") + backend.origin().authority() + "/");
        subsegment.put("namespace", "remote");
      }
      default -> subsegment.put("namespace", "remote");
    }
    int status = seen.integrationStatus();
    if (status == 0) {
      subsegment.put("fault", true);
    } else {
      http.putObject("response").put("status", status);
      blame(subsegment, status);
    }
    return subsegment;
  }

  private static String name(IntegrationSnapshot integration) {
    return switch (integration) {
      case IntegrationSnapshot.Lambda _ -> "Lambda";
      case IntegrationSnapshot.Service service -> service.endpoint().signingName();
      case IntegrationSnapshot.Http backend -> backend.origin().host();
      default -> "Integration";
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
