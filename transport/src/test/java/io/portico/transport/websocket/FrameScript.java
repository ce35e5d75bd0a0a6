package io.portico.transport.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.portico.transport.support.RawWebSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Frames of both sides as they are written in {@code frames.txt}, which says how. */
final class FrameScript {
  private static final Map<String, Integer> OPCODES =
      Map.of(
          "cont", RawWebSocket.CONTINUATION,
          "text", RawWebSocket.TEXT,
          "binary", RawWebSocket.BINARY,
          "close", RawWebSocket.CLOSE,
          "ping", RawWebSocket.PING,
          "pong", RawWebSocket.PONG);

  private static final Pattern NUMBERS = Pattern.compile("(?:\\d+(?:\\.\\d+)+ )*");

  private FrameScript() {}

  /**
   * A case.
   *
   * @param numbers those that it has in the Autobahn test suite
   * @param frames what the client sends
   * @param expected the server's frames
   */
  record Script(List<String> numbers, String title, List<byte[]> frames, List<Expected> expected) {
    /** All that the client sends. */
    byte[] sent() {
      ByteArrayOutputStream sent = new ByteArrayOutputStream();
      frames.forEach(sent::writeBytes);
      return sent.toByteArray();
    }

    boolean endsWithClose() {
      return expected.getLast().opcode() == RawWebSocket.CLOSE;
    }

    @Override
    public String toString() {
      return title;
    }
  }

  /** A frame of the server; of close frames only the code is looked at. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody
  record Expected(int opcode, byte[] payload) {}

  static List<Script> read(String resource) {
    try (InputStream in =
        Objects.requireNonNull(FrameScript.class.getResourceAsStream(resource), resource)) {
      List<Script> scripts = new ArrayList<>();
      for (String block : new String(in.readAllBytes(), UTF_8).split("\n\n+", -1)) {
        List<String> lines = block.lines().filter(line -> !line.startsWith("#")).toList();
        if (!lines.isEmpty()) {
          scripts.add(script(lines));
        }
      }
      return scripts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Script script(List<String> lines) {
    List<byte[]> frames = new ArrayList<>();
    List<Expected> expected = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String frame = line.substring(2);
      switch (line.substring(0, 2)) {
        case "> " -> frames.add(sent(frame));
        case "< " -> expected.add(expected(frame));
        default -> throw new IllegalArgumentException("neither sent nor expected: " + line);
      }
    }
    Matcher numbers = NUMBERS.matcher(lines.getFirst());
    List<String> found =
        numbers.lookingAt() && numbers.end() > 0 ? List.of(numbers.group().split(" ")) : List.of();
    return new Script(found, lines.getFirst(), frames, expected);
  }

  private static byte[] sent(String line) {
    String[] parts = line.split(" ", 2);
    String rest = parts.length > 1 ? parts[1] : "";
    if (parts[0].equals("raw")) {
      return payload(rest);
    }
    if (parts[0].startsWith("rsv")) {
      byte[] frame = sent(rest);
      frame[0] |= (byte) (Integer.parseInt(parts[0].substring(3)) << 4);
      return frame;
    }
    boolean last = !parts[0].endsWith("...");
    String name = last ? parts[0] : parts[0].substring(0, parts[0].length() - 3);
    int opcode =
        name.startsWith("op")
            ? Integer.parseInt(name.substring(2))
            : Objects.requireNonNull(OPCODES.get(name), line);
    return RawWebSocket.frame((last ? 0x80 : 0) | opcode, payload(opcode, rest));
  }

  private static Expected expected(String line) {
    String[] parts = line.split(" ", 2);
    int opcode = Objects.requireNonNull(OPCODES.get(parts[0]), line);
    return new Expected(opcode, payload(opcode, parts.length > 1 ? parts[1] : ""));
  }

  private static byte[] payload(int opcode, String text) {
    if (opcode != RawWebSocket.CLOSE || text.isEmpty() || text.startsWith("x:")) {
      return payload(text);
    }
    String[] parts = text.split(" ", 2);
    int code = Integer.parseInt(parts[0]);
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    payload.write(code >>> 8);
    payload.write(code);
    payload.writeBytes(payload(parts.length > 1 ? parts[1] : ""));
    return payload.toByteArray();
  }

  private static byte[] payload(String text) {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    if (text.startsWith("'")) {
      payload.writeBytes(text.substring(1, text.length() - 1).getBytes(UTF_8));
    } else if (text.startsWith("x:")) {
      payload.writeBytes(HexFormat.of().parseHex(text.substring(2)));
    } else if (!text.isEmpty()) {
      for (String run : text.split("\\+", -1)) {
        String[] parts = run.split("\\*", 2);
        payload.writeBytes(parts[1].repeat(Integer.parseInt(parts[0])).getBytes(UTF_8));
      }
    }
    return payload.toByteArray();
  }
}
