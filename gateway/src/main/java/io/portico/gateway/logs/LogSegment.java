package io.portico.gateway.logs;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A part of a log stream, in a file of its own: {@code STREAM@OFFSET.log}. Its first line says when
 * the stream was made, and its name.
 *
 * @param key the stream's name, as that of a file
 * @param base how many bytes the stream had before
 */
record LogSegment(Path file, String key, long base) {
  private static final String SUFFIX = ".log";
  private static final char SEPARATOR = '@';

  /** Longer than the longest name with its escapes. */
  private static final int LONGEST_HEADER = 8192;

  /** The segment of a stream that begins there. */
  static LogSegment of(Path folder, String key, long base) {
    return new LogSegment(folder.resolve(key + SEPARATOR + base + SUFFIX), key, base);
  }

  /** The segment that a file is, or null where it is none. */
  static @Nullable LogSegment of(Path file) {
    String name = file.getFileName().toString();
    int separator = name.lastIndexOf(SEPARATOR);
    if (separator < 1 || !name.endsWith(SUFFIX)) {
      return null;
    }
    String base = name.substring(separator + 1, name.length() - SUFFIX.length());
    return base.matches("\\d{1,18}")
        ? new LogSegment(file, name.substring(0, separator), Long.parseLong(base))
        : null;
  }

  /**
   * What the first line says.
   *
   * @param created when the stream was made, in milliseconds since 1970
   */
  record Header(long created, String stream) {
    byte[] line() {
      byte[] line = LogLine.encoded(created, created, stream);
      byte[] marked = new byte[line.length + 1];
      marked[0] = '#';
      System.arraycopy(line, 0, marked, 1, line.length);
      return marked;
    }
  }

  /** The stream's name; null where the file is gone, or says none. */
  @Nullable String stream() throws IOException {
    String decoded = LogNames.decoded(key);
    if (decoded != null) {
      return decoded;
    }
    Header header = header();
    return header == null ? null : header.stream();
  }

  /** Null where the file is gone, or has no such line. */
  @Nullable Header header() throws IOException {
    byte[] begin;
    try (InputStream open = Files.newInputStream(file)) {
      begin = open.readNBytes(LONGEST_HEADER);
    } catch (NoSuchFileException e) {
      return null;
    }
    if (begin.length == 0 || begin[0] != '#') {
      return null;
    }
    byte[] line = new byte[begin.length - 1];
    System.arraycopy(begin, 1, line, 0, line.length);
    SegmentReader reader = new SegmentReader(line);
    return reader.next() && reader.offset() == 0
        ? new Header(reader.timestamp(), reader.message())
        : null;
  }

  /** The whole lines at its beginning; what is behind them was being written. */
  long wholeBytes() throws IOException {
    long size = Files.size(file);
    if (size == 0 || byteAt(size - 1) == '\n') {
      return size;
    }
    byte[] bytes = content();
    int length = bytes.length;
    while (length > 0 && bytes[length - 1] != '\n') {
      length--;
    }
    return length;
  }

  private byte byteAt(long position) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
      open.seek(position);
      return open.readByte();
    }
  }

  /** What is there now; nothing where the file is gone. */
  byte[] content() throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return new byte[0];
    }
  }
}
