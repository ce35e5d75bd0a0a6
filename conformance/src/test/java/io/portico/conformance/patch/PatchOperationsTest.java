package io.portico.conformance.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.conformance.client.AwsFailure;
import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every op of every path that can be changed does what the table says, and no other is taken. */
@Portico
final class PatchOperationsTest {
  private static final List<PatchLine> LINES = PatchLine.all();

  /** A change that no operation takes. */
  private static final Map<String, String> REFUSED =
      Map.of("op", "replace", "path", "/no/such/path/at/all", "value", "x");

  private static JavaSdk sdk;
  private static Endpoint server;

  /** For changes that are refused. */
  private static PatchedApi unchanged;

  @BeforeAll
  static void open(Endpoint endpoint) {
    sdk = JavaSdk.of(endpoint);
    server = endpoint;
    unchanged = PatchedApi.build(sdk, server);
  }

  @AfterAll
  static void close() {
    sdk.close();
  }

  @TestFactory
  Stream<DynamicTest> aChangeIsMadeAndReadBack() {
    return each(
        made(),
        line -> {
          PatchedApi api = PatchedApi.build(sdk, server);

          JsonNode reply = api.patch(line, List.of(line.sent(api.ids())));

          String expected = PatchLine.filled(line.answer(), api.ids());
          // As text: a client's long is the same number as the table's.
          JsonNode sent = JsonMapper.shared().readTree(reply.toString());
          assertHas(sent, JsonMapper.shared().readTree(expected), "");
          assertThat(api.read(line, reply)).isEqualTo(reply);
        });
  }

  @TestFactory
  Stream<DynamicTest> aRefusalSaysWhyAndChangesNothing() {
    return each(
        LINES.stream().filter(PatchLine::refused),
        line -> {
          AwsFailure failure = refusal(line, List.of(line.sent(unchanged.ids())));

          assertThat(failure.type()).isEqualTo(line.exception());
          assertThat(failure.text()).isEqualTo(PatchLine.filled(line.text(), unchanged.ids()));
        });
  }

  @TestFactory
  Stream<DynamicTest> nothingIsChangedWhereALaterChangeIsRefused() {
    return each(made(), line -> refusal(line, List.of(line.sent(unchanged.ids()), REFUSED)));
  }

  @TestFactory
  Stream<DynamicTest> noOtherOpIsTaken() {
    Set<DocumentedOp> documented = Set.copyOf(DocumentedOp.all());
    Set<String> seen = new HashSet<>();
    return each(
        LINES.stream()
            .filter(line -> documented.contains(line.documented()))
            .filter(line -> seen.add(line.operation() + line.documentedPath())),
        line -> {
          for (String op : DocumentedOp.OPS) {
            if (!documented.contains(
                new DocumentedOp(line.operation(), op, line.documentedPath()))) {
              Map<String, String> other = new HashMap<>(line.sent(unchanged.ids()));
              other.put("op", op);
              assertThat(refusal(line, List.of(other)).type())
                  .as(op)
                  .isEqualTo("BadRequestException");
            }
          }
        });
  }

  @Test
  void theTableSaysWhatTheDocumentationSays() {
    Set<DocumentedOp> documented = Set.copyOf(DocumentedOp.all());
    Set<DocumentedOp> made = made().map(PatchLine::documented).collect(Collectors.toSet());

    assertThat(documented).containsAll(made);
    // The only feature there is cannot be removed.
    assertThat(documented.stream().filter(op -> !made.contains(op)))
        .containsExactly(new DocumentedOp("UpdateAccount", "remove", "/features"));
  }

  @Test
  void everyPathOfTheTableHasAnOpThatIsRefused() {
    Set<DocumentedOp> documented = Set.copyOf(DocumentedOp.all());
    Set<String> refused =
        LINES.stream()
            .filter(line -> line.refused() && !documented.contains(line.documented()))
            .map(line -> line.operation() + " " + line.documentedPath())
            .collect(Collectors.toSet());

    assertThat(refused)
        .containsAll(
            documented.stream().map(op -> op.operation() + " " + op.path()).distinct().toList());
  }

  @Test
  void changesAreMadeInTheOrderSent() {
    PatchedApi api = PatchedApi.build(sdk, server);

    JsonNode changed =
        api.patch(
            "UpdateRestApi",
            List.of(
                change("replace", "/endpointConfiguration/types/0", "REGIONAL"),
                change("replace", "/endpointConfiguration/types/REGIONAL", "PRIVATE"),
                change("add", "/binaryMediaTypes/x~1y", ""),
                change("remove", "/binaryMediaTypes/image~1jpeg", ""),
                change("replace", "/binaryMediaTypes/x~1y", "image/jpeg"),
                change("remove", "/description", ""),
                change("replace", "/description", "last")));

    assertThat(changed.at("/endpointConfiguration/types").toString()).isEqualTo("[\"PRIVATE\"]");
    assertThat(changed.get("binaryMediaTypes").toString()).isEqualTo("[\"a~b/c\",\"image/jpeg\"]");
    assertThat(changed.get("description").asString()).isEqualTo("last");
  }

  @Test
  void anEntryIsThereForTheChangesThatFollow() {
    PatchedApi api = PatchedApi.build(sdk, server);
    Map<String, String> add = change("add", "/requestParameters/method.request.header.N", "false");
    Map<String, String> replace =
        change("replace", "/requestParameters/method.request.header.N", "true");

    AwsFailure tooEarly =
        catchThrowableOfType(
            AwsFailure.class, () -> api.patch("UpdateMethod", List.of(replace, add)));
    JsonNode changed = api.patch("UpdateMethod", List.of(add, replace));

    assertThat(tooEarly.text()).isEqualTo("Invalid parameter name specified");
    assertThat(changed.at("/requestParameters/method.request.header.N").asBoolean()).isTrue();
  }

  @Test
  void aMethodIsJudgedWhenAllChangesAreMade() {
    PatchedApi api = PatchedApi.build(sdk, server);
    Map<String, String> type = change("replace", "/authorizationType", "COGNITO_USER_POOLS");
    Map<String, String> authorizer = change("replace", "/authorizerId", api.id("otherAuthorizer"));

    for (List<Map<String, String>> order :
        List.of(List.of(type, authorizer), List.of(authorizer, type))) {
      api.patch("UpdateMethod", List.of(change("replace", "/authorizationType", "NONE")));
      JsonNode changed = api.patch("UpdateMethod", order);

      assertThat(changed.get("authorizerId").asString()).isEqualTo(api.id("otherAuthorizer"));
    }
  }

  @Test
  void aCanaryIsMadeByItsSettingsButNotByTheirRemoval() {
    PatchedApi api = PatchedApi.build(sdk, server);
    Map<String, String> promote =
        Map.of("op", "copy", "path", "/deploymentId", "from", "/canarySettings/deploymentId");

    JsonNode none =
        api.patch(
            "UpdateStage",
            List.of(
                change("remove", "/canarySettings", ""),
                change("remove", "/canarySettings/stageVariableOverrides/host", "")));
    AwsFailure nothingToPromote =
        catchThrowableOfType(AwsFailure.class, () -> api.patch("UpdateStage", List.of(promote)));
    JsonNode made =
        api.patch(
            "UpdateStage",
            List.of(change("replace", "/canarySettings/percentTraffic", "0.0"), promote));

    assertThat(none.has("canarySettings")).isFalse();
    assertThat(nothingToPromote.text())
        .isEqualTo("Promotion not available. Canary does not exist.");
    assertThat(made.at("/canarySettings/deploymentId").asString()).isEqualTo(api.id("deployment"));
  }

  private static Map<String, String> change(String op, String path, String value) {
    return Map.of("op", op, "path", path, "value", value);
  }

  private static Stream<PatchLine> made() {
    return LINES.stream().filter(line -> !line.refused());
  }

  private static Stream<DynamicTest> each(Stream<PatchLine> lines, Consumer<PatchLine> test) {
    return lines.map(line -> DynamicTest.dynamicTest(line.toString(), () -> test.accept(line)));
  }

  /** The refusal of changes, after which everything is as it was. */
  private static AwsFailure refusal(PatchLine line, List<Map<String, String>> changes) {
    JsonNode before = unchanged.read(line);

    AwsFailure failure =
        catchThrowableOfType(AwsFailure.class, () -> unchanged.patch(line, changes));

    assertThat(unchanged.read(line)).isEqualTo(before);
    return failure;
  }

  private static void assertHas(JsonNode reply, JsonNode expected, String at) {
    for (Map.Entry<String, JsonNode> member : expected.properties()) {
      String path = at + "/" + member.getKey();
      JsonNode value = reply.path(member.getKey());
      if (member.getValue().isNull()) {
        assertThat(value.isMissingNode()).as(path + " is missing").isTrue();
      } else if (member.getValue().isObject()) {
        assertHas(value, member.getValue(), path);
      } else {
        assertThat(value).as(path).isEqualTo(member.getValue());
      }
    }
  }
}
