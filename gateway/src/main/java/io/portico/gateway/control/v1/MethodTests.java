package io.portico.gateway.control.v1;

import io.portico.gateway.control.RecordedVpcLinks;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.ApiDefinition;
import io.portico.gateway.model.ClientCertificateRecord;
import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.model.ResourceRecord;
import io.portico.gateway.snapshot.TestSnapshot;
import io.portico.gateway.store.RecordReader;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tests of methods: each is called as it is configured now, without a deployment.
 *
 * <p>AWS: recorded, facts TIN-01 to TIN-07. Who may call the method is not asked, nor is the call
 * counted or limited; source: documented,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-test-method.html (API keys,
 * authorizers); of the rest inferred.
 */
public final class MethodTests {
  /** AWS: what {@code ANY} stands for; source: documented, see {@code execute.rest.Router}. */
  private static final Set<String> SERVED_BY_ANY =
      Set.of("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT");

  private final V1Environment environment;

  MethodTests(V1Environment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations.add("TestInvokeMethod", this::testInvokeMethod);
  }

  public ObjectNode testInvokeMethod(OperationCall call) {
    Input input = call.input();
    Tested tested = environment.records().read(records -> Tested.find(records, call));
    Map<String, String> variables = input.stringMapOrNull("stageVariables");
    TestSnapshot compiled =
        environment
            .compiler()
            .compileTest(
                tested.api,
                tested.resource,
                tested.method,
                variables == null ? Map.of() : variables,
                tested.certificate,
                id ->
                    environment
                        .records()
                        .read(
                            records ->
                                Optional.ofNullable(
                                    new RecordedVpcLinks(records, call.caller().scope()).find(id)))
                        .orElse(null));
    HttpRequest request = TestRequest.of(input, input.string("httpMethod"), tested.resource.path());
    return reply(environment.testRuns().run(compiled, request, call));
  }

  /**
   * What is tested, as it is configured.
   *
   * @param certificate what is shown to an HTTP backend, or null for none
   */
  private record Tested(
      ApiDefinition api,
      ResourceRecord resource,
      MethodRecord method,
      @Nullable ClientCertificateRecord certificate) {

    // AWS: an unknown API is reported as the missing resource; source: recorded, facts GEN-16.
    static Tested find(RecordReader records, OperationCall call) {
      Finder finder = new Finder(records, call);
      ResourceRecord resource = finder.resource();
      String certificate = call.input().stringOrNull("clientCertificateId");
      return new Tested(
          finder.contents(),
          resource,
          method(finder, resource),
          certificate == null || certificate.isEmpty()
              ? null
              : ClientCertificates.find(records, call, certificate));
    }

    // AWS: its console tests a method ANY by one of the verbs; source: logs of such tests that
    // users have published.
    private static MethodRecord method(Finder finder, ResourceRecord resource) {
      MethodRecord any = resource.methods().get("ANY");
      String verb = finder.httpMethod();
      return any != null && !resource.methods().containsKey(verb) && SERVED_BY_ANY.contains(verb)
          ? any
          : finder.method(resource);
    }
  }

  private static ObjectNode reply(TestRuns.Result result) {
    ObjectNode reply = Json.object();
    reply.put("status", result.status());
    reply.put("body", result.body());
    ObjectNode headers = reply.putObject("headers");
    ObjectNode multiValueHeaders = reply.putObject("multiValueHeaders");
    Set<String> named = new HashSet<>();
    for (Headers.Field field : result.headers()) {
      String name = field.name();
      if (named.add(name.toLowerCase(Locale.ROOT))) {
        List<String> values = result.headers().all(name);
        headers.put(name, values.getLast());
        values.forEach(multiValueHeaders.putArray(name)::add);
      }
    }
    reply.put("log", result.log());
    reply.put("latency", result.latency());
    return reply;
  }
}
