package io.portico.gateway.control.v1;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.ApiDefinition;
import io.portico.gateway.model.AuthorizerRecord;
import io.portico.gateway.snapshot.TestSnapshot;
import io.portico.gateway.store.RecordReader;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Tests of authorizers: each is asked as it is configured now, and nothing of it is kept. */
public final class AuthorizerTests {
  private static final String ROOT = "/";

  private final V1Environment environment;

  AuthorizerTests(V1Environment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations.add("TestInvokeAuthorizer", this::testInvokeAuthorizer);
  }

  /**
   * AWS: the method of a test is a GET of the root; source: documented, the policies in
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html.
   */
  public ObjectNode testInvokeAuthorizer(OperationCall call) {
    Input input = call.input();
    Tested tested = environment.records().read(records -> Tested.find(records, call));
    TestSnapshot compiled =
        environment
            .compiler()
            .compileAuthorizerTest(
                tested.api, tested.authorizer, orEmpty(input.stringMapOrNull("stageVariables")));
    return reply(
        environment
            .authorizers()
            .test(
                compiled,
                TestRequest.of(input, "GET", ROOT),
                orEmpty(input.stringMapOrNull("additionalContext")),
                call));
  }

  private static Map<String, String> orEmpty(@Nullable Map<String, String> sent) {
    return sent == null ? Map.of() : sent;
  }

  /** What is tested, as it is configured. */
  private record Tested(ApiDefinition api, AuthorizerRecord authorizer) {
    static Tested find(RecordReader records, OperationCall call) {
      Finder finder = new Finder(records, call);
      AuthorizerRecord authorizer = finder.authorizer();
      return new Tested(finder.contents(), authorizer);
    }
  }

  // AWS: members that have no value are left out; source: as everywhere in v1.
  private static ObjectNode reply(RunningAuthorizers.Result result) {
    ObjectNode reply = Json.object();
    reply.put("clientStatus", result.clientStatus());
    reply.put("log", result.log());
    reply.put("latency", result.latency());
    if (result.principalId() != null) {
      reply.put("principalId", result.principalId());
    }
    if (result.policy() != null) {
      reply.put("policy", result.policy());
    }
    if (!result.claims().isEmpty()) {
      result.claims().forEach(reply.putObject("claims")::put);
    }
    return reply;
  }
}
