package io.portico.transport.websocket;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.transport.websocket.FrameScript.Script;
import io.portico.transport.websocket.Utf8CasesTest.Utf8Case;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Which cases of the Autobahn test suite are here, by their numbers. They are written anew, from
 * what its reports say of them.
 *
 * <ul>
 *   <li><b>Parts 1 to 7, and 10</b> (framing, pings, reserved bits, opcodes, fragments, UTF-8, the
 *       end, fragments made automatically) are all here: in {@code frames.txt}, and the messages of
 *       part 6 that are one text each in {@code utf8.txt}. Its ways of sending, by frames and by
 *       bytes, are tried with every case. Codes of close frames that have been registered since,
 *       1012 to 1014, are taken.
 *   <li><b>Part 9</b> (limits and speed) has messages of up to 16 MB. {@link SizeCasesTest} has it
 *       by AWS's limits: what is within comes back, what is beyond is refused with 1009. Not here:
 *       how long it takes, which is what {@code bench} measures.
 *   <li><b>Parts 12 and 13</b> (permessage-deflate) are in {@link CompressionTest}: their sizes,
 *       fragments and offers, with contents that get much shorter, a little or not at all. Not
 *       here: contexts that are kept from one message to the next, which are never agreed upon;
 *       messages compressed with a window below 15 bits, by clients as the JDK has no such window,
 *       by the server as it agrees to none; the suite's own documents, and a thousand rounds of
 *       each.
 *   <li><b>Part 8 and part 11</b> are not in the suite.
 * </ul>
 */
final class AutobahnCasesTest {
  /** How many cases each group has. */
  private static final Map<String, Integer> GROUPS =
      Map.ofEntries(
          entry("1.1", 8),
          entry("1.2", 8),
          entry("2", 11),
          entry("3", 7),
          entry("4.1", 5),
          entry("4.2", 5),
          entry("5", 20),
          entry("6.1", 3),
          entry("6.2", 4),
          entry("6.3", 2),
          entry("6.4", 4),
          entry("6.5", 5),
          entry("6.6", 11),
          entry("6.7", 4),
          entry("6.8", 2),
          entry("6.9", 4),
          entry("6.10", 3),
          entry("6.11", 5),
          entry("6.12", 8),
          entry("6.13", 5),
          entry("6.14", 10),
          entry("6.15", 1),
          entry("6.16", 3),
          entry("6.17", 5),
          entry("6.18", 5),
          entry("6.19", 5),
          entry("6.20", 7),
          entry("6.21", 8),
          entry("6.22", 34),
          entry("6.23", 7),
          entry("7.1", 6),
          entry("7.3", 6),
          entry("7.5", 1),
          entry("7.7", 13),
          entry("7.9", 9),
          entry("7.13", 2),
          entry("10.1", 1));

  @Test
  void everyCaseOfFramesAndTextIsHereOnce() {
    List<String> all =
        GROUPS.entrySet().stream()
            .flatMap(
                group ->
                    IntStream.rangeClosed(1, group.getValue())
                        .mapToObj(number -> group.getKey() + "." + number))
            .toList();

    List<String> here =
        Stream.concat(
                FrameCasesTest.scripts().stream().map(Script::numbers).flatMap(List::stream),
                Utf8CasesTest.cases().stream().map(Utf8Case::number))
            .toList();

    assertThat(here).containsExactlyInAnyOrderElementsOf(all);
  }
}
