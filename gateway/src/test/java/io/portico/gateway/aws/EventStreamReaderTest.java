package io.portico.gateway.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.aws.EventStreamReader.Event;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class EventStreamReaderTest {
  /** A message with headers of every type of value, by hand. */
  private static final byte[] ALL_TYPES =
      headers(
          "04 626F6F6C 00 04 6E6F7065 01 01 62 02 7F 01 73 03 7FFF 01 69 04 00000001 01 6C 05"
              + " 0000000000000001 01 78 06 0002 AABB 0B 3A6576656E742D74797065 07 0005 6368756E6B"
              + " 01 74 08 0000000000000001 01 75 09 00112233445566778899AABBCCDDEEFF");

  @Test
  void readsTheTypeAndThePayloadAmongHeadersOfEveryType() throws IOException {
    EventStreamReader reader = reader(message(ALL_TYPES, "content"));

    Event event = reader.next();

    assertThat(event).isNotNull();
    assertThat(event.type()).isEqualTo("chunk");
    assertThat(event.exception()).isFalse();
    assertThat(event.text()).isEqualTo("content");
    assertThat(reader.next()).isNull();
  }

  @Test
  void tellsAnExceptionFromAnEvent() throws IOException {
    byte[] headers =
        headers(
            "0D 3A6D6573736167652D74797065 07 0009 657863657074696F6E"
                + " 0F 3A657863657074696F6E2D74797065 07 0004 4F6F7073");

    Event event = reader(message(headers, "{}")).next();

    assertThat(event).isNotNull();
    assertThat(event.exception()).isTrue();
    assertThat(event.type()).isEqualTo("Oops");
  }

  @Test
  void refusesADamagedMessage() {
    byte[] good = message(ALL_TYPES, "content");
    for (int i = 0; i < good.length; i++) {
      byte[] damaged = good.clone();
      damaged[i] ^= 0x10;

      assertThatThrownBy(() -> reader(damaged).next()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void refusesAMessageThatBreaksOff() {
    byte[] good = message(ALL_TYPES, "content");
    for (int length = 1; length < good.length; length++) {
      byte[] part = Arrays.copyOf(good, length);

      assertThatThrownBy(() -> reader(part).next()).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void refusesLengthsThatDoNotFit() {
    assertThatThrownBy(() -> reader(lengths(Integer.MAX_VALUE, 0)).next())
        .hasMessageContaining("an event of 2147483647 bytes");
    assertThatThrownBy(() -> reader(lengths(-1, 0)).next()).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> reader(lengths(15, 0)).next()).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> reader(lengths(100, 85)).next()).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> reader(lengths(100, -1)).next()).isInstanceOf(IOException.class);
  }

  @Test
  void refusesHeadersThatGoBeyondTheirEndWhateverTheyAre() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      byte[] headers = new byte[random.nextInt(24)];
      random.nextBytes(headers);
      try {
        reader(message(headers, "x")).next();
      } catch (IOException refused) {
        assertThat(refused).as("seed %s", seed).hasMessageContaining("header of an event");
      }
    }
  }

  private static EventStreamReader reader(byte[] bytes) {
    return new EventStreamReader(new ByteArrayInputStream(bytes));
  }

  private static byte[] headers(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static byte[] message(byte[] headers, String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[16 + headers.length + payload.length];
    ByteBuffer message = ByteBuffer.wrap(bytes).put(lengths(bytes.length, headers.length));
    message.put(headers).put(payload);
    message.putInt(crc(bytes, message.position()));
    return bytes;
  }

  private static byte[] lengths(int message, int headers) {
    byte[] bytes = new byte[12];
    ByteBuffer.wrap(bytes).putInt(message).putInt(headers).putInt(crc(bytes, 8));
    return bytes;
  }

  private static int crc(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
