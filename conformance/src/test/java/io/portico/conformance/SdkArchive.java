package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import tools.jackson.databind.JsonNode;

/** A generated SDK as GetSdk answers it. */
final class SdkArchive {
  private SdkArchive() {}

  /**
   * Unpacks it.
   *
   * @param target a folder, which need not be there
   * @return the folder
   */
  static Path unpacked(JsonNode sdk, Path target) {
    byte[] archive = Base64.getDecoder().decode(sdk.path("body").asString());
    try (ZipInputStream stream = new ZipInputStream(new ByteArrayInputStream(archive))) {
      ZipEntry entry = stream.getNextEntry();
      assertThat(entry).as("first entry of the archive").isNotNull();
      while (entry != null) {
        Path file = target.resolve(entry.getName()).normalize();
        assertThat(file).startsWithRaw(target);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.copy(stream, file);
        entry = stream.getNextEntry();
      }
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
