package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.JavaSdk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** SDKs of definitions that ask much of a generator, for tests of their sources. */
final class GeneratedSdk {
  /** Of a small API, of one whose names mean something in most languages, and of large ones. */
  static final List<String> DEFINITIONS =
      List.of(
          "/sdk/pets.yaml",
          "/sdk/awkward.yaml",
          "/definitions/fleet.yaml",
          "/definitions/library.json",
          "/definitions/harbour.yaml");

  private GeneratedSdk() {}

  /** The id of an API that is deployed. */
  static String deployed(JavaSdk client, String definition) throws IOException {
    JsonNode api = client.call("ImportRestApi", Map.of("body", resource(definition)));
    String id = api.path("id").asString();
    client.call("CreateDeployment", Map.of("restApiId", id, "stageName", STAGE));
    return id;
  }

  /**
   * Downloads an SDK.
   *
   * @param folder where it gets a folder of its own, which is given
   */
  static Path downloaded(
      JavaSdk client, String api, String type, Map<String, String> parameters, Path folder) {
    JsonNode sdk =
        client.call(
            "GetSdk",
            Map.of(
                "restApiId", api, "stageName", STAGE, "sdkType", type, "parameters", parameters));
    return SdkArchive.unpacked(sdk, folder.resolve(api + "-" + type));
  }

  /** Takes a text out of a source, where it is for the first time. */
  static void withoutFirst(String text, Path file) throws IOException {
    String whole = Files.readString(file);
    int at = whole.indexOf(text);
    assertThat(at).as("%s in %s", text, whole).isNotNegative();
    Files.writeString(file, whole.substring(0, at) + whole.substring(at + text.length()));
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream = GeneratedSdk.class.getResourceAsStream(name)) {
      return new String(
          Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
