package io.portico.gateway.control.openapi;

import io.portico.gateway.compile.VpcLinks;
import io.portico.gateway.control.quota.Quotas;
import io.portico.gateway.model.StageRecord;
import io.portico.gateway.openapi.OpenApiDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** What imports and exports are tested with: ids that count, a clock that stands. */
final class TestApis {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  static final NewApi NEW_API = new NewApi("abcdef1234", "root000000", "123456789012", "us-east-1");

  private TestApis() {}

  static OpenApiImporter importer() {
    AtomicInteger count = new AtomicInteger();
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    return new OpenApiImporter(
        () -> "id%04d".formatted(count.incrementAndGet()), clock, Quotas.standard(clock));
  }

  /** Reads and imports in one go. */
  static ImportResult importNew(OpenApiImporter importer, byte[] document, ImportOptions options) {
    return importer.importNew(read(importer, document), NEW_API, VpcLinks.NONE, options);
  }

  static OpenApiDocument read(OpenApiImporter importer, byte[] document) {
    return importer.read(document, NEW_API.accountId(), NEW_API.region());
  }

  /** A document of {@code cases/openapi/documents}. */
  static byte[] document(String name) {
    try (InputStream file =
        TestApis.class.getResourceAsStream("/cases/openapi/documents/" + name)) {
      return Objects.requireNonNull(file).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static StageRecord stage(String name) {
    return new StageRecord(
        name,
        "deploy",
        null,
        null,
        false,
        null,
        "NOT_AVAILABLE",
        Map.of(),
        null,
        null,
        null,
        null,
        false,
        null,
        null,
        NOW,
        NOW);
  }
}
