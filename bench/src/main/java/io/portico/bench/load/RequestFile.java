package io.portico.bench.load;

import io.portico.bench.process.BenchFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The requests of a generator that is a process of its own: one behind the other in a file. */
final class RequestFile {
  private static final String END = Call.LINE_END + Call.LINE_END;

  private RequestFile() {}

  /** Writes the requests of {@code calls} into {@code folder}, in place of those before. */
  static Path write(Path folder, Target target, List<Call> calls) {
    StringBuilder requests = new StringBuilder();
    calls.forEach(call -> requests.append(call.request(target)));
    try {
      return Files.writeString(folder.resolve("requests"), requests, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new BenchFailure("cannot write the requests: " + e.getMessage(), e);
    }
  }

  /** The requests of a file, in its order. */
  static List<byte[]> read(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    List<byte[]> requests = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf(END); end >= 0; end = text.indexOf(END, start)) {
      int next = end + END.length();
      requests.add(text.substring(start, next).getBytes(StandardCharsets.ISO_8859_1));
      start = next;
    }
    if (requests.isEmpty() || start != text.length()) {
      throw new IOException(file + " does not hold whole requests");
    }
    return requests;
  }
}
