package io.portico.gateway.execute.cases;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.control.protocol.ServiceModel;
import io.portico.gateway.json.Yaml;
import io.portico.gateway.snapshot.GatewayResponseType;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Each type of gateway response is provoked by calls: as nobody has customised it, customised
 * itself, and by what its class has. A type is a case in each of the three folders, under its name.
 */
final class GatewayResponseCoverageTest {
  private static final String FOLDER = "gatewayresponse/";

  /** What nothing raises, and why. */
  private static final Map<GatewayResponseType, String> NEVER_RAISED =
      Map.of(
          GatewayResponseType.WAF_FILTERED,
          "there is no AWS WAF: no web ACL filters a request",
          GatewayResponseType.RESOURCE_NOT_FOUND,
          "AWS documents it for a resource that is not found once the caller is authenticated;"
              + " what is not found, whoever calls, is MISSING_AUTHENTICATION_TOKEN (recorded, facts"
              + " RTE-01), and nothing is looked up behind that");

  private final Map<String, CaseFiles.Content> files = CaseFiles.ofRest();

  static Stream<GatewayResponseType> raised() {
    return Arrays.stream(GatewayResponseType.values())
        .filter(type -> !NEVER_RAISED.containsKey(type));
  }

  @Test
  void theTypesAreThoseOfTheServiceModel() throws IOException {
    assertThat(Arrays.stream(GatewayResponseType.values()).map(Enum::name))
        .containsExactlyInAnyOrderElementsOf(ofModel());
  }

  /** A type that comes to be raised is taken off the list with its cases. */
  @Test
  void whatIsNeverRaisedHasNoCase() {
    assertThat(files.keySet())
        .noneMatch(
            name ->
                NEVER_RAISED.keySet().stream()
                    .anyMatch(type -> name.endsWith("/" + type + ".case")));
  }

  /** Which type it was, the access log says. */
  @ParameterizedTest
  @MethodSource("raised")
  void aTypeIsProvokedAsItIsByDefault(GatewayResponseType type) {
    CaseFile file = file("by-default", type);

    assertThat(texts(file, "gateway responses")).isEmpty();
    assertThat(texts(file, "stage").getFirst()).contains("format: $context.error.responseType");
    List<Message> answers = answers(file);
    assertThat(texts(file, "access log")).hasSameSizeAs(answers).containsOnly(type.name());
    assertThat(answers)
        .allSatisfy(
            answer -> {
              assertThat(answer.body()).isNotBlank();
              assertThat(answer.first()).matches("\\d{3} \\w+|413");
              assertThat(answer.first()).startsWith(byDefault(type));
            });
  }

  @ParameterizedTest
  @MethodSource("raised")
  void aTypeIsProvokedCustomised(GatewayResponseType type) {
    CaseFile file = file("customised", type);

    JsonNode settings = customised(file, type);
    assertThat(settings.properties()).extracting(Map.Entry::getKey).contains("statusCode");
    assertAnswers(file, type, settings);
  }

  @ParameterizedTest
  @MethodSource("raised")
  void aTypeIsProvokedCustomisedByItsClass(GatewayResponseType type) {
    CaseFile file = file("customised-by-class", type);

    assertAnswers(file, type, customised(file, type.fallback()));
  }

  /** By which settings an answer was made shows its header, of which type it is shows its body. */
  private static void assertAnswers(CaseFile file, GatewayResponseType type, JsonNode settings) {
    assertThat(settings.properties())
        .extracting(Map.Entry::getKey)
        .contains("responseParameters", "responseTemplates");
    String marker =
        settings
            .path("responseParameters")
            .path("gatewayresponse.header.x-customised")
            .asString()
            .replace("'", "");
    String status = settings.path("statusCode").asString(byDefault(type));
    for (Message answer : answers(file)) {
      if (type.isCustomisable()) {
        assertThat(answer.first()).startsWith(status + " ");
        assertThat(answer.headers()).contains("x-customised: " + marker, "x-type: " + type);
        assertThat(answer.body()).startsWith("{\"type\": \"" + type + "\", \"message\": ");
      } else {
        assertThat(answer.first()).startsWith(byDefault(type));
        assertThat(answer.headers()).contains("!x-customised");
        assertThat(answer.body()).isNotBlank();
      }
    }
  }

  /** What answers where the cases of types that stand for others come from: facts PRX-16. */
  private static String byDefault(GatewayResponseType type) {
    return type == GatewayResponseType.DEFAULT_5XX ? "502" : Integer.toString(type.status());
  }

  private CaseFile file(String aspect, GatewayResponseType type) {
    String name = FOLDER + aspect + "/" + type + ".case";
    assertThat(files).containsKey(name);
    return Objects.requireNonNull(files.get(name)).parsed();
  }

  private static JsonNode customised(CaseFile file, GatewayResponseType only) {
    JsonNode all = Yaml.parse(texts(file, "gateway responses").getFirst());
    assertThat(all.properties()).extracting(Map.Entry::getKey).containsExactly(only.name());
    return all.path(only.name());
  }

  private static List<Message> answers(CaseFile file) {
    List<Message> answers = texts(file, "gateway response").stream().map(Message::parse).toList();
    assertThat(answers).isNotEmpty();
    return answers;
  }

  private static List<String> texts(CaseFile file, String section) {
    return file.sections().stream()
        .filter(each -> each.name().equals(section))
        .map(CaseFile.Section::text)
        .toList();
  }

  /** The names that AWS's model has, out of the table that is made of it. */
  private static Set<String> ofModel() throws IOException {
    try (InputStream table =
        Objects.requireNonNull(ServiceModel.class.getResourceAsStream("apigateway.operations"))) {
      List<String> names = new ArrayList<>();
      boolean within = false;
      for (String line : new String(table.readAllBytes(), UTF_8).lines().toList()) {
        if (!line.startsWith(" ")) {
          within = line.equals("string GatewayResponseType");
        } else if (within) {
          names.add(line.strip());
        }
      }
      assertThat(names).hasSize(21);
      return Set.copyOf(names);
    }
  }
}
