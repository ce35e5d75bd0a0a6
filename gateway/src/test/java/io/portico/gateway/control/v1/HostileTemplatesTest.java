package io.portico.gateway.control.v1;

import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Templates of integrations and gateway responses that are deep, endless or reach beyond. Each is
 * kept or refused, and the methods that have them are tried to an end.
 */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HostileTemplatesTest {
  private final TriedApi api = new TriedApi();

  static Stream<Named<String>> templates() {
    return Stream.of(
            TriedApi.DEPTHS.stream()
                .map(
                    depth ->
                        Named.of(
                            "#if " + depth + " deep",
                            "#if(true)".repeat(depth) + "#end".repeat(depth))),
            TriedApi.DEPTHS.stream()
                .map(
                    depth ->
                        Named.of(
                            "brackets " + depth + " deep",
                            "#set($a = " + "(".repeat(depth) + "1" + ")".repeat(depth) + ")")),
            TriedApi.DEPTHS.stream()
                .map(
                    depth ->
                        Named.of(
                            "lists " + depth + " deep",
                            "#set($a = " + "[".repeat(depth) + "]".repeat(depth) + ")$a")),
            TriedApi.DEPTHS.stream()
                .map(
                    depth ->
                        Named.of(
                            "references " + depth + " deep",
                            "$input.path('$')" + ".get('a')".repeat(depth))),
            TriedApi.DEPTHS.stream()
                .map(depth -> Named.of("not " + depth, "#if(" + "!".repeat(depth) + "true)#end")),
            TriedApi.DEPTHS.stream()
                .map(
                    depth ->
                        Named.of("a sum of " + depth, "#set($a = 1" + " + 1".repeat(depth) + ")")),
            TriedApi.DEPTHS.stream()
                .map(
                    depth ->
                        Named.of(
                            "a path of " + depth,
                            "$input.json('$"
                                + ".a".repeat(depth)
                                + "')$input.path('$"
                                + "[0]".repeat(depth)
                                + "')$input.params('"
                                + "a".repeat(depth)
                                + "')")),
            TriedApi.DEPTHS.stream()
                .map(
                    depth ->
                        Named.of("dots " + depth, "$input.path('$" + "..*".repeat(depth) + "')")),
            Stream.of(
                Named.of("a macro of itself", "#macro(a)#a()#end#a()"),
                Named.of("#evaluate of itself", "#set($a = '#evaluate($a)')#evaluate($a)"),
                Named.of(
                    "what doubles",
                    "#set($a = 'aaaaaaaa')" + "#set($a = \"$a$a\")".repeat(60) + "$a"),
                Named.of(
                    "loops in loops",
                    "#foreach($a in [1..1000])".repeat(8) + "x" + "#end".repeat(8)),
                Named.of("a range", "#set($a = [-2147483648..2147483647])$a"),
                Named.of(
                    "an expression that backtracks",
                    "#set($a = '" + "a".repeat(40) + "b')$a.matches('^(a+)+$')"),
                Named.of(
                    "a class", "$input.class.forName('java.lang.Runtime').getRuntime().exec('x')"),
                Named.of("a file", "#include('/etc/passwd')#parse('/etc/passwd')"),
                Named.of("an end too early", "#if(true"),
                Named.of("a comment without end", "#*" + "a".repeat(10_000)),
                Named.of("NULs", "\u0000$\u0000{\u0000}"),
                Named.of("half a pair", "\ud800$input.body\udc00")))
        .flatMap(each -> each);
  }

  @ParameterizedTest
  @MethodSource("templates")
  void aTemplateIsKeptOrRefused(String template) {
    ObjectNode integration =
        api.method().put("type", "MOCK").put("passthroughBehavior", "WHEN_NO_TEMPLATES");
    integration.putObject("requestTemplates").put("application/json", template);
    api.attempt("PutIntegration", integration);
    api.makeEverything();

    integration.putObject("requestTemplates").put("application/json", "{\"statusCode\": 200}");
    api.attempt("PutIntegration", integration);
    ObjectNode response = api.method().put("statusCode", "200");
    response.putObject("responseTemplates").put("application/json", template);
    api.attempt("PutIntegrationResponse", response);
    ObjectNode refusal = api.named().put("responseType", "DEFAULT_4XX");
    refusal.putObject("responseTemplates").put("application/json", template);
    api.attempt("PutGatewayResponse", refusal);

    api.makeEverything();
  }
}
