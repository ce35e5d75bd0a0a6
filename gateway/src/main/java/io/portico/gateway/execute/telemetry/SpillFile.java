package io.portico.gateway.execute.telemetry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines in a file of bounded size, first in, first out. It begins with the place of the first line
 * that nobody has taken, so that a process that was killed goes on where it was. Once all of it was
 * taken it is empty again.
 */
final class SpillFile implements AutoCloseable {
  private static final int HEAD = Long.BYTES;
  private static final int READ = 256 * 1024;

  /** A longer line is none that is logged, and is stepped over. */
  private static final int LONGEST = 64 * READ;

  private final RandomAccessFile file;
  private final long most;
  private long head;
  private long tail;

  /** Where the lines end that were given last. */
  private long given;

  /**
   * Opens a file, with what is in it but half a line at its end, whose writer was killed: it would
   * spoil the next.
   *
   * @param most bytes that it may have
   */
  SpillFile(Path path, long most) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    this.file = new RandomAccessFile(path.toFile(), "rw");
    this.most = most;
    long length = Math.max(file.length(), HEAD);
    head = file.length() < HEAD ? HEAD : file.readLong();
    if (head < HEAD || head > length) {
      head = HEAD;
    }
    tail = endOfLines(length);
    if (tail < length) {
      file.setLength(tail);
    }
    given = head;
  }

  /** Where the last whole line of a file of some bytes ends. */
  private long endOfLines(long length) throws IOException {
    byte[] read = new byte[READ];
    long end = length;
    while (end > head) {
      int bytes = (int) Math.min(READ, end - head);
      file.seek(end - bytes);
      file.readFully(read, 0, bytes);
      for (int i = bytes; i > 0; i--) {
        if (read[i - 1] == '\n') {
          return end - bytes + i;
        }
      }
      end -= bytes;
    }
    return head;
  }

  /**
   * Adds lines, as many as there is room for.
   *
   * @return how many
   */
  synchronized int add(List<String> lines) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int taken = 0;
    for (String line : lines) {
      byte[] encoded = line.getBytes(StandardCharsets.UTF_8);
      if (tail + bytes.size() + encoded.length + 1 > most) {
        break;
      }
      bytes.writeBytes(encoded);
      bytes.write('\n');
      taken++;
    }
    file.seek(tail);
    file.write(bytes.toByteArray());
    tail += bytes.size();
    return taken;
  }

  /**
   * The first lines, which stay there until they are {@link #done}; none where the file is empty,
   * or what is next is no line that was ever added.
   */
  synchronized List<String> next(int mostLines) throws IOException {
    byte[] read = read(READ);
    for (int most = 2 * READ; most <= LONGEST && isPartOfALine(read); most *= 2) {
      read = read(most);
    }
    List<String> lines = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < read.length && lines.size() < mostLines; i++) {
      if (read[i] == '\n') {
        lines.add(new String(read, from, i - from, StandardCharsets.UTF_8));
        from = i + 1;
      }
    }
    given = head + (lines.isEmpty() ? read.length : from);
    return lines;
  }

  private byte[] read(int most) throws IOException {
    byte[] read = new byte[(int) Math.min(most, tail - head)];
    file.seek(head);
    file.readFully(read);
    return read;
  }

  private boolean isPartOfALine(byte[] read) {
    for (byte each : read) {
      if (each == '\n') {
        return false;
      }
    }
    return read.length < tail - head;
  }

  /** The lines that were given last are done with. */
  synchronized void done() throws IOException {
    head = given;
    if (head == tail) {
      head = HEAD;
      tail = HEAD;
      given = HEAD;
      file.setLength(HEAD);
    }
    file.seek(0);
    file.writeLong(head);
  }

  /**
   * Of the lines that were given last only some are left; where a process is killed meanwhile, the
   * next one may find others, or half a one, before them, in lines of their own.
   *
   * @param lines as they were given, in their order
   */
  synchronized void keep(List<String> lines) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String line : lines) {
      bytes.writeBytes(line.getBytes(StandardCharsets.UTF_8));
      bytes.write('\n');
    }
    long begin = given - bytes.size();
    if (begin > head) {
      file.seek(begin - 1);
      file.write('\n');
      file.write(bytes.toByteArray());
      head = begin;
      file.seek(0);
      file.writeLong(head);
    }
  }

  synchronized boolean isEmpty() {
    return head == tail;
  }

  @Override
  public synchronized void close() throws IOException {
    file.close();
  }
}
