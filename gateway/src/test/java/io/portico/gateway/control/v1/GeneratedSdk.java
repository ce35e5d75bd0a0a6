package io.portico.gateway.control.v1;

import io.portico.gateway.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import tools.jackson.databind.node.ObjectNode;

/** An SDK of a definition among the test's resources, from GetSdk's own answer. */
record GeneratedSdk(Map<String, String> files) {

  /** Imports, deploys, and generates. */
  static GeneratedSdk of(String definition, String sdkType, Map<String, String> parameters) {
    TestControlPlane plane = new TestControlPlane();
    ObjectNode document = Json.object();
    document.put("body", resource(definition).getBytes(StandardCharsets.UTF_8));
    String api = plane.call("ImportRestApi", document).get("id").asString();
    plane.call("CreateDeployment", Json.object().put("restApiId", api).put("stageName", "prod"));
    ObjectNode input = Json.object();
    input.put("restApiId", api).put("stageName", "prod").put("sdkType", sdkType);
    ObjectNode given = input.putObject("parameters");
    parameters.forEach(given::put);
    return new GeneratedSdk(unzipped(plane.call("GetSdk", input).get("body").binaryValue()));
  }

  static Map<String, String> unzipped(byte[] zip) {
    Map<String, String> files = new TreeMap<>();
    try (ZipInputStream stream = new ZipInputStream(new ByteArrayInputStream(zip))) {
      ZipEntry entry = stream.getNextEntry();
      while (entry != null) {
        files.put(entry.getName(), new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        entry = stream.getNextEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  static String resource(String name) {
    try (InputStream stream = GeneratedSdk.class.getResourceAsStream("/sdk/" + name)) {
      return new String(
          Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String file(String path) {
    return Objects.requireNonNull(files.get(path), () -> path + " is none of " + files.keySet());
  }

  void unpack(Path folder) {
    files.forEach(
        (name, text) -> {
          Path file = folder.resolve(name).normalize();
          if (!file.startsWith(folder)) {
            throw new AssertionError(name + " leaves the folder");
          }
          try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(file, text);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
