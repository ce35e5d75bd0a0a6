package io.portico.lambda.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.lambda.code.CodeLinks.Followed;
import io.portico.lambda.model.CodeRecord;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.Test;

final class CodeLinksTest {
  private static final String ENDPOINT = "http://127.0.0.1:4566";
  private static final CodeRecord CODE =
      new CodeRecord(Base64.getEncoder().encodeToString(new byte[32]), 3, 3, null, null);

  private final HandClock clock = new HandClock();
  private final CodeStore store = new CodeStore(Path.of("/code"));
  private final CodeLinks links = new CodeLinks(store, clock);

  /** Set by hand. */
  private static final class HandClock extends Clock {
    private Instant now = Instant.EPOCH;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  private String target() {
    return links.of(CODE, ENDPOINT).substring(ENDPOINT.length());
  }

  @Test
  void aLinkLeadsToItsZipForTenMinutes() {
    String target = target();

    assertThat(links.follow(target)).isEqualTo(new Followed.To(store.zip(CODE)));
    clock.now = Instant.EPOCH.plus(Duration.ofMinutes(10));
    assertThat(links.follow(target)).isEqualTo(new Followed.To(store.zip(CODE)));
    clock.now = clock.now.plusSeconds(1);
    assertThat(links.follow(target)).isEqualTo(new Followed.Expired());
  }

  @Test
  void anotherProcessKnowsNoneOfIt() {
    assertThat(new CodeLinks(store, clock).follow(target())).isEqualTo(new Followed.Forged());
  }

  @Test
  void aChangedLinkIsForged() {
    String target = target();

    assertThat(links.follow(target + "&x=1")).isEqualTo(new Followed.Forged());
    assertThat(links.follow(target.replace("Expires=6", "Expires=7")))
        .isEqualTo(new Followed.Forged());
    assertThat(links.follow(target.replace("/00", "/01"))).isEqualTo(new Followed.Forged());
  }

  @Test
  void withoutAnEndpointTheZipIsAFileOfThisMachine() {
    assertThat(links.of(CODE, "")).isEqualTo(store.zip(CODE).toUri().toString());
  }
}
