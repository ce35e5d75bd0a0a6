package io.portico.gateway.control.iam;

import io.portico.gateway.compute.Carrier;
import io.portico.gateway.control.protocol.AwsApi;
import io.portico.gateway.control.protocol.AwsApiHandler;
import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.CallerResolver;
import io.portico.gateway.control.protocol.ControlHosts;
import io.portico.gateway.control.protocol.FormRequest;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceModel;
import io.portico.gateway.control.sts.IssuedAccessKeys;
import io.portico.gateway.control.sts.ServiceSessions;
import io.portico.gateway.control.sts.SessionIdentities;
import io.portico.gateway.control.sts.StsEnvironment;
import io.portico.gateway.control.sts.StsOperations;
import io.portico.gateway.control.v1.TestStore;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.json.Json;
import io.portico.gateway.store.Records;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** IAM and STS over a store of their own, called as clients call them. */
public final class IamPlane {
  public static final String ACCOUNT = "111122223333";

  /** A trust policy as Lambda needs it. */
  public static final String TRUST =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
          + "{\"Service\":\"lambda.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}";

  public static final String PERMISSIONS =
      "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:*\","
          + "\"Resource\":\"*\"}}";

  final TestStore store = new TestStore();
  private final Records records = new Records(store);
  private final Clock clock = ((InstantSource) this::now).withZone(ZoneOffset.UTC);
  private Instant now = Instant.parse("2026-01-02T03:04:05.678Z");
  public final ServiceSessions services = new ServiceSessions(records);
  public final SessionIdentities identities =
      new SessionIdentities(records, services, Carrier.UNSHARED);
  private final KeyIds keyIds = new KeyIds(records);
  final Operations operations = IamOperations.of(new IamEnvironment(records, clock, keyIds));
  final IssuedAccessKeys keys =
      new IssuedAccessKeys(records, identities, keyIds, Carrier.UNSHARED, clock);
  private final CallerResolver callers =
      new CallerResolver(ACCOUNT, "us-east-1", new ControlHosts(List.of()), keys);
  final AwsApiHandler iam = new AwsApiHandler(ServiceModel.of(AwsApi.IAM), operations, callers);
  private final AwsApiHandler sts =
      new AwsApiHandler(
          ServiceModel.of(AwsApi.STS),
          StsOperations.of(new StsEnvironment(records, services, clock)),
          callers);

  private Instant now() {
    return now;
  }

  public void pass(Duration time) {
    now = now.plus(time);
  }

  /** How many records there are. */
  public int size() {
    return store.size();
  }

  public Reply iam(String operation, ObjectNode input) {
    return reply(iam.handle(FormRequest.of(ServiceModel.of(AwsApi.IAM), operation, input)));
  }

  /** The same with an input in JSON, which may have single quotes. */
  public Reply iam(String operation, String input) {
    return iam(operation, (ObjectNode) Json.parse(input.replace('\'', '"')));
  }

  /** The same, signed with a key. */
  Reply iam(String accessKeyId, String operation, String input) {
    HttpRequest unsigned =
        FormRequest.of(
            ServiceModel.of(AwsApi.IAM),
            operation,
            (ObjectNode) Json.parse(input.replace('\'', '"')));
    return reply(iam.handle(signed(unsigned, accessKeyId)));
  }

  /** What an operation without input answers to a caller who was admitted. */
  ObjectNode calledBy(Caller caller, String operation) {
    return Objects.requireNonNull(operations.find(operation))
        .handle(new OperationCall(operation, caller, "request", new Input(Json.object())));
  }

  public Reply sts(@Nullable String accessKeyId, String operation, String input) {
    ServiceModel model = ServiceModel.of(AwsApi.STS);
    HttpRequest unsigned =
        FormRequest.of(model, operation, (ObjectNode) Json.parse(input.replace('\'', '"')));
    return reply(sts.handle(accessKeyId == null ? unsigned : signed(unsigned, accessKeyId)));
  }

  private static HttpRequest signed(HttpRequest request, String accessKeyId) {
    return new HttpRequest(
        request.method(),
        request.target(),
        request.protocol(),
        request.headers().toBuilder()
            .add(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=%s/20260102/us-east-1/sts/aws4_request,"
                        .formatted(accessKeyId)
                    + " SignedHeaders=host, Signature=abc")
            .build(),
        request.body(),
        request.connection(),
        request.arrivalNanos());
  }

  /** A role of that name. */
  public Reply role(String name) {
    return iam(
        "CreateRole", Json.object().put("RoleName", name).put("AssumeRolePolicyDocument", TRUST));
  }

  private static Reply reply(HttpResponse response) {
    try {
      return new Reply(
          response.status(), new String(response.body().readAll(1 << 24), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An answer or a refusal. */
  public record Reply(int status, String xml) {
    /** The texts of all elements of a name that have nothing but text, in order. */
    public List<String> all(String element) {
      Matcher found =
          Pattern.compile("<" + element + ">([^<]*)</" + element + ">|<" + element + "/>")
              .matcher(xml);
      return found.results().map(each -> each.group(1) == null ? "" : each.group(1)).toList();
    }

    /** The text of the only element of a name. */
    public String text(String element) {
      List<String> texts = all(element);
      if (texts.size() != 1) {
        throw new AssertionError(texts.size() + " elements " + element + " in " + xml);
      }
      return texts.getFirst();
    }

    public boolean has(String element) {
      return xml.contains("<" + element + ">") || xml.contains("<" + element + "/>");
    }

    /** {@code 404 NoSuchEntity: text} of a refusal, {@code 200} of an answer. */
    public String outcome() {
      return status == 200 ? "200" : status + " " + text("Code") + ": " + text("Message");
    }
  }
}
