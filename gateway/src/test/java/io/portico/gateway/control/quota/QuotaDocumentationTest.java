package io.portico.gateway.control.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** {@code docs/quotas.md} says what the table says. {@code -Dportico.docs=write} writes it. */
class QuotaDocumentationTest {
  private static final Path FILE = Path.of("../docs/quotas.md");

  @Test
  void documentsEveryQuota() throws IOException {
    String documentation = documentation();
    if ("write".equals(System.getProperty("portico.docs"))) {
      Files.writeString(FILE, documentation);
    }

    assertThat(Files.readString(FILE)).isEqualTo(documentation);
  }

  private static String documentation() {
    StringBuilder text =
        new StringBuilder(
            """
            # Quotas

            AWS's quotas of what is configured. What happens where one would be exceeded is its mode:

            - `enforce`: the call is refused as AWS refuses it (`LimitExceededException` where things are counted).
            - `warn`: it is carried out, and the log says that AWS would have refused it, once a minute for each
              owner; an import says so in its `warnings`, too, and so is refused with `failOnWarnings`.
            - `off`: it is carried out.

            `quotas.counts` sets the mode of those that count, `quotas.values` that of the others, and `quotas.of` a
            single one's number or mode: `resources=500, stages=enforce, integration-timeout=120000:enforce`. See
            [configuration.md](configuration.md).

            This page is written from the code: `mvn -pl gateway test -Dtest=QuotaDocumentationTest
            -Dportico.docs=write`.

            | name | what it bounds | AWS's | mode by default |
            |---|---|---|---|
            """);
    Quotas standard = Quotas.standard(InstantSource.system());
    for (Quota quota : Quota.values()) {
      QuotaSetting setting = standard.setting(quota);
      text.append(
          String.format(
              Locale.ROOT,
              "| `%s` | %s | %,d%s | %s |%n",
              quota.key(),
              quota.words(),
              setting.limit(),
              quota.unit().isEmpty() ? "" : " " + quota.unit(),
              setting.mode().name().toLowerCase(Locale.ROOT)));
    }
    return text.toString();
  }
}
