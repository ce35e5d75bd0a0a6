package io.portico.lambda.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the head of an <b>ELF</b> file says of the machine it is for. Only files of 64 bits, the
 * lowest byte first, are looked into: AWS has no other processors.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/elf.5.html">elf(5)</a>
 */
final class ElfProgram {
  private static final byte[] MAGIC = {0x7f, 'E', 'L', 'F'};
  private static final int CLASS = 4;
  private static final int BITS_64 = 2;
  private static final int DATA = 5;
  private static final int LOWEST_FIRST = 1;
  private static final int MACHINE = 18;
  private static final int PROGRAM_HEADERS = 32;
  private static final int PROGRAM_HEADER_SIZE = 54;
  private static final int PROGRAM_HEADER_COUNT = 56;
  private static final int HEADER_SIZE = 64;

  private static final int INTERPRETER_TYPE = 3;
  private static final int OFFSET = 8;
  private static final int SIZE = 32;
  private static final int LEAST_PROGRAM_HEADER = 56;
  private static final int LONGEST_PATH = 4096;

  /** By the JVM's name of a processor. */
  private static final Map<String, Integer> MACHINES = Map.of("amd64", 62, "aarch64", 183);

  private ElfProgram() {}

  /**
   * Whether a file is one.
   *
   * @param head its first bytes
   */
  static boolean isOne(byte[] head) {
    if (head.length < MAGIC.length) {
      return false;
    }
    for (int i = 0; i < MAGIC.length; i++) {
      if (head[i] != MAGIC[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isKnown(byte[] head) {
    return head.length >= HEADER_SIZE && head[CLASS] == BITS_64 && head[DATA] == LOWEST_FIRST;
  }

  private static ByteBuffer read(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Whether it is for another processor than this machine's. */
  static boolean isForAnotherMachine(byte[] head) {
    Integer own = MACHINES.get(System.getProperty("os.arch", "").toLowerCase(Locale.ROOT));
    return isKnown(head) && own != null && read(head).getShort(MACHINE) != own;
  }

  /** The loader of its shared libraries; empty where it needs none, or does not tell. */
  static Optional<String> interpreter(Path program, byte[] head) throws IOException {
    if (!isKnown(head) || isForAnotherMachine(head)) {
      return Optional.empty();
    }
    ByteBuffer header = read(head);
    long begin = header.getLong(PROGRAM_HEADERS);
    int size = Short.toUnsignedInt(header.getShort(PROGRAM_HEADER_SIZE));
    int count = Short.toUnsignedInt(header.getShort(PROGRAM_HEADER_COUNT));
    if (size < LEAST_PROGRAM_HEADER) {
      return Optional.empty();
    }
    try (SeekableByteChannel file = Files.newByteChannel(program)) {
      for (int i = 0; i < count; i++) {
        ByteBuffer entry = at(file, begin + (long) i * size, LEAST_PROGRAM_HEADER);
        if (entry.remaining() < LEAST_PROGRAM_HEADER) {
          return Optional.empty();
        }
        if (entry.getInt(0) == INTERPRETER_TYPE) {
          return Optional.of(
              text(
                  at(
                      file,
                      entry.getLong(OFFSET),
                      Math.clamp(entry.getLong(SIZE), 0, LONGEST_PATH))));
        }
      }
    }
    return Optional.empty();
  }

  /** As many bytes from there on as there are; none at a place that is none. */
  private static ByteBuffer at(SeekableByteChannel file, long place, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    if (place < 0 || place > file.size()) {
      return bytes.limit(0);
    }
    file.position(place);
    while (bytes.hasRemaining() && file.read(bytes) >= 0) {
      // Until all of it is there.
    }
    return bytes.flip();
  }

  /** Up to the zero that ends it. */
  private static String text(ByteBuffer bytes) {
    String text = StandardCharsets.UTF_8.decode(bytes).toString();
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }
}
