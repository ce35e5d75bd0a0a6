package io.portico.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.server.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

final class ConfigurationPageTest {
  @Test
  void everyKeyStandsOnThePageAsItIsDocumentedInTheCode() throws IOException {
    String page = Files.readString(Checkout.root().resolve("docs/configuration.md"));

    assertThat(page.lines().filter(line -> line.startsWith("| `") && line.contains("PORTICO_")))
        .as("the table of docs/configuration.md")
        .containsExactlyElementsOf(ConfigPrinter.markdown());
  }
}
