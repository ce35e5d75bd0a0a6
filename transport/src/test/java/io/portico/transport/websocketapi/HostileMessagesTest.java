package io.portico.transport.websocketapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Messages nobody honest sends: each is answered, by the route that it leads to or in AWS's words,
 * on a connection that goes on, and no other client notices.
 */
final class HostileMessagesTest {
  private static final int MOST = 128 * 1024;
  private static final int DEEP = 10_000;

  /** What a message that fails is answered, and nothing else of why. */
  private static final Pattern FAILURE =
      Pattern.compile(
          "\\{\"message\": \"(Internal server error|Forbidden|Unsupported Media Type"
              + "|Invalid request body|Endpoint request timed out)\", \"connectionId\":\"[^\"]+\","
              + " \"requestId\":\"[^\"]+\"\\}");

  /** Values of a member, as they stand in JSON. */
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-0",
          "1e400",
          "1e-400",
          "1e999999999",
          "-1e-999999999",
          "9".repeat(900),
          "9".repeat(100_000),
          "0." + "9".repeat(100_000),
          "[]",
          "[null, [], {}]",
          "{}",
          "{\"a\": {\"b\": [1, null]}}",
          "\"\"",
          "\" \"",
          "\"$connect\"",
          "\"$disconnect\"",
          "\"$default\"",
          "\"ECHO\"",
          "\"echo \"",
          "\"../echo\"",
          "\"echo\\u0000\"",
          "\"\\r\\nX: 1\"",
          "\"\\u001b[0m\"",
          "\"\\ud800\"",
          "\"\\udc00\\ud800\"",
          "\"\\u202eohce\"",
          "\"\uffff\"",
          "\"\ud83d\ude00\"",
          "\"${stageVariables.a}\"",
          "\"$input.body\"",
          "\"" + "a".repeat(60_000) + "\"",
          "[".repeat(400) + "]".repeat(400),
          "{\"a\":".repeat(400) + "1" + "}".repeat(400));

  /** Messages as a whole. */
  private static final List<String> MESSAGES =
      List.of(
          " ",
          "\u0000",
          "null",
          "true",
          "1",
          "\"echo\"",
          "[]",
          "[{\"action\": \"echo\"}]",
          "{}",
          "{",
          "{\"action\"",
          "{\"action\": \"echo\"",
          "{\"action\": \"echo\"} {\"action\": \"echo\"}",
          "{\"action\": \"echo\"} x",
          "{\"action\": \"a\", \"action\": \"echo\"}",
          "{\"action\": \"echo\", \"action\": null}",
          "{'action': 'echo'}",
          "{action: echo}",
          "{\"action\": undefined}",
          "{\"action\": NaN}",
          "{\"action\": 01}",
          "{\"action\": \"\\x41\"}",
          "{\"action\": \"\\u12\"}",
          "{\"action\": \"\n\"}",
          "/**/{\"action\": \"echo\"}",
          "\ufeff{\"action\": \"echo\"}",
          "{\"\": 1, \"__proto__\": {\"action\": \"echo\"}}",
          "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///x\">]><a>&b;</a>",
          "action: &a [*a]",
          "[".repeat(DEEP),
          "[".repeat(MOST),
          "[".repeat(DEEP) + "]".repeat(DEEP),
          "{\"action\":".repeat(DEEP),
          "{\"action\":".repeat(DEEP) + "1" + "}".repeat(DEEP),
          "{\"action\": \"echo\", \"x\": " + "[".repeat(DEEP),
          "\u0000".repeat(MOST),
          "\u00e4".repeat(MOST / 2),
          "{\"action\": \"echo\", \"x\": \"" + "a".repeat(MOST - 27) + "\"}");

  private static List<String> messages() {
    List<String> messages = new ArrayList<>(MESSAGES);
    for (String value : VALUES) {
      messages.add("{\"action\": " + value + "}");
      messages.add("{\"action\": [" + value + "], \"a\": " + value + "}");
    }
    messages.removeIf(message -> message.getBytes(UTF_8).length > MOST);
    return messages;
  }

  private static String start(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "... (" + text.length() + ")";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$request.body.action",
        "${request.body.action}",
        "$request.body.action.a.b",
        "$request.body.a[0]",
        "${request.body.action}/$request.body.a",
        "${request.body..a}",
        "${request.body.action[*]}",
        "${request.body[?(@.a > 1)]}",
        "${request.body.action.length()}"
      })
  void eachReachesARouteOrIsRefused(String expression) throws Exception {
    try (HostileChat chat =
        new HostileChat(
            "websocket api",
            Json.text(Json.object().put("routeSelectionExpression", expression)))) {
      ChatClient client = chat.plane.connect();
      int echoed = 0;
      for (String message : messages()) {
        client.sends(message);
        String answer = client.hears();
        if (!FAILURE.matcher(answer).matches()) {
          assertThat(answer).as("the answer to %s", start(message)).isEqualTo(message);
          echoed++;
        }
      }
      assertThat(echoed).isPositive();
      chat.isUnharmed(expression);
      chat.allLeave(client);
    }
  }

  /** What mocks make of a message or of their answer to it, by name. */
  private static Map<String, String> templates() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("all", "$input.json('$') $input.path('$') $input.body $input.params('a')");
    all.put("within", "$input.json('$.a') $input.path('$.a.b[0].c') $input.path('$..a')");
    all.put("filter", "$input.path('$.a[?(@.b > 1)]') $input.json('$.a.length()')");
    all.put("its own path", "$input.path($input.path('$.a')) $input.json($input.body)");
    all.put("numbers", "#set($n = $input.path('$.a') * 2 + 1)$n $input.path('$.a').intValue()");
    all.put("range", "#foreach($i in [0..$input.path('$.a')])x#end");
    all.put("keys", "#foreach($k in $input.path('$').keySet())$k $input.path(\"$.$k\")#end");
    all.put("texts", "$util.escapeJavaScript($input.json('$')) $util.urlDecode($input.body)");
    all.put("decoded", "$util.base64Decode($input.body) $util.parseJson($input.body)");
    all.put("nothing there", "$nothing.there.at($all).get(0)");
    all.put("a macro of itself", "#macro(a)#a()#end#a()");
    all.put("evaluate", "#evaluate($input.body)");
    all.put("doubles", "#set($a = 'aaaaaaaa')" + "#set($a = \"$a$a\")".repeat(60) + "$a");
    all.put("loops in loops", "#foreach($a in [1..1000])".repeat(8) + "x" + "#end".repeat(8));
    all.put("a range of all", "#set($a = [-2147483648..2147483647])$a");
    all.put("backtracks", "#set($a = '" + "a".repeat(40) + "b')$a.matches('^(a+)+$')");
    all.put("its own pattern", "#set($a = 'aaaa')$a.matches($input.path('$.a'))");
    all.put("a class", "$input.class.forName('java.lang.Runtime').getRuntime().exec('x')");
    all.put("a file", "#include('/etc/passwd')#parse('/etc/passwd')");
    all.put("no template", "#if(true");
    all.put("a status", "#set($context.responseOverride.status = $input.path('$.a'))x");
    return all;
  }

  /** Routes whose mock has a template in its request, or in its response. */
  private static String[] templated() {
    List<String> sections = new ArrayList<>();
    templates()
        .forEach(
            (name, template) -> {
              sections.addAll(List.of("route asked " + name, "{twoWay: true}"));
              sections.addAll(
                  List.of(
                      "integration", mock("{\"statusCode\": 200, \"x\": \"" + template + "\"}")));
              sections.addAll(List.of("integration response $default", answering("asked")));
              sections.addAll(List.of("route told " + name, "{twoWay: true}"));
              sections.addAll(List.of("integration", mock("{\"statusCode\": 200}")));
              sections.addAll(List.of("integration response $default", answering(template)));
            });
    return sections.toArray(String[]::new);
  }

  private static String mock(String template) {
    return Json.text(
        Json.object()
            .put("integrationType", "MOCK")
            .put("templateSelectionExpression", "\\$default")
            .set("requestTemplates", Json.object().put("$default", template)));
  }

  private static String answering(String template) {
    return Json.text(
        Json.object()
            .put("templateSelectionExpression", "\\$default")
            .set("responseTemplates", Json.object().put("$default", template)));
  }

  @Test
  void aTemplateMakesSomethingOfEachOrFails() throws Exception {
    try (HostileChat chat = new HostileChat(templated())) {
      ChatClient client = chat.plane.connect();
      int failed = 0;
      for (Map.Entry<String, String> template : templates().entrySet()) {
        String name = template.getKey();
        // The others do the same whatever they are sent, some of them for long.
        boolean reads = template.getValue().contains("$input.");
        for (String route : List.of("asked " + name, "told " + name)) {
          for (String value : reads ? VALUES : List.of("1")) {
            String message = "{\"action\": \"%s\", \"a\": %s}".formatted(route, value);
            if (message.length() > MOST) {
              continue;
            }
            client.sends(message);
            String question = chat.question();
            client.sends(question);
            // What a template makes nothing of is not answered.
            String answer = client.hears();
            if (!answer.equals(question)) {
              failed += FAILURE.matcher(answer).matches() ? 1 : 0;
              assertThat(answer).as("of %s", start(message)).doesNotContain("root:", "java.");
              assertThat(client.hears()).as("behind %s", start(message)).isEqualTo(question);
            }
          }
          chat.isUnharmed(route);
        }
      }
      assertThat(failed).isPositive();
      chat.allLeave(client);
    }
  }
}
