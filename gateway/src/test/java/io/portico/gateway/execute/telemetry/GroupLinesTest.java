package io.portico.gateway.execute.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.gateway.snapshot.LogDestination;
import io.portico.gateway.snapshot.LogDestination.DeliveryStream;
import io.portico.gateway.snapshot.LogDestination.LogGroup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GroupLinesTest {
  private static final String PETS = "arn:aws:logs:us-east-1:000000000000:log-group:pets/access";
  private static final String STREAM =
      "arn:aws-cn:firehose:cn-north-1:000000000000:deliverystream/amazon-apigateway-pets";

  private static AccessLine line(String text, String arn, boolean canary) {
    return new AccessLine(text, LogDestination.of(arn), canary, 7);
  }

  @Test
  void eachLineIsAnEventOfItsGroupAndOfACanarysToo() throws IOException {
    List<LoggedEvents> added = new ArrayList<>();

    new GroupLines(added::addAll)
        .write(
            List.of(
                line("one", PETS, false),
                line("two", PETS + ":*", true),
                line("other", PETS + "2", false),
                line("elsewhere", STREAM, false)));

    assertThat(added)
        .containsExactly(
            group("pets/access", "one", "two"),
            group("pets/access/Canary", "two"),
            group("pets/access2", "other"));
  }

  @Test
  void theLinesOfAGroupThatCouldNotBeWrittenAreLeft() {
    List<AccessLine> lines =
        List.of(
            line("one", PETS, false), line("two", PETS, true), line("other", PETS + "2", false));
    BitSet ofCanary = new BitSet();
    ofCanary.set(1);
    GroupLines partly =
        new GroupLines(
            events -> {
              throw new PartlyWrittenException("it is full", null, 0, ofCanary);
            });

    PartlyWrittenException left =
        catchThrowableOfType(PartlyWrittenException.class, () -> partly.write(lines));

    assertThat(left.refused()).isZero();
    assertThat(left.left(lines)).containsExactly(line("two", PETS, true));
  }

  private static LoggedEvents group(String name, String... texts) {
    return new LoggedEvents(
        "000000000000",
        "us-east-1",
        name,
        null,
        List.of(texts).stream().map(text -> new LoggedEvents.Event(7, text)).toList());
  }

  @Test
  void anArnNamesAGroupOrAStreamOrNeither() {
    assertThat(LogDestination.of(PETS))
        .isEqualTo(new LogGroup("000000000000", "us-east-1", "pets/access"));
    assertThat(LogDestination.of(STREAM))
        .isEqualTo(
            new DeliveryStream("aws-cn", "cn-north-1", "000000000000", "amazon-apigateway-pets"));
    assertThat(LogDestination.of("x")).isEqualTo(new LogDestination.Unknown("x"));
    for (String arn : List.of(PETS, STREAM, "x")) {
      assertThat(LogDestination.of(arn).arn()).isEqualTo(arn);
    }
  }
}
