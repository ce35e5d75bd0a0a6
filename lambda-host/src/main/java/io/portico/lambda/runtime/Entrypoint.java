package io.portico.lambda.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The program that a function brings along as its runtime: what the kernel makes of it, found out
 * beforehand, as a shell would try other ways and fail with words and a status of its own. AWS: in
 * the words of its own attempt; source: reported by users ("fork/exec /var/task/bootstrap: exec
 * format error").
 */
final class Entrypoint {
  private static final int MOST_HEAD = 256;
  private static final Pattern INTERPRETER = Pattern.compile("^#![ \\t]*([^ \\t\\n]+)");

  private final Path program;
  private final String attempt;
  private final byte[] head;

  private Entrypoint(Path program, String attempt, byte[] head) {
    this.program = program;
    this.attempt = attempt;
    this.head = head;
  }

  /**
   * One that the kernel takes, as far as that can be known.
   *
   * @param program on this machine
   * @param named as on AWS
   * @param there whether a file that it names is there for its process
   * @throws IOException if it cannot be started; the message says why, in AWS's words
   */
  static Entrypoint of(Path program, String named, Predicate<Path> there) throws IOException {
    String attempt = "fork/exec " + named;
    if (!Files.isRegularFile(program) || !Files.isExecutable(program)) {
      throw new IOException(attempt + ": permission denied");
    }
    byte[] head;
    try (InputStream content = Files.newInputStream(program)) {
      head = content.readNBytes(MOST_HEAD);
    }
    Entrypoint entrypoint = new Entrypoint(program, attempt, head);
    entrypoint.check(there);
    return entrypoint;
  }

  private void check(Predicate<Path> there) throws IOException {
    String interpreter;
    if (ElfProgram.isOne(head)) {
      interpreter = ElfProgram.interpreter(program, head).orElse("");
    } else {
      // A file of lines that end as on Windows has an interpreter whose name ends in \r.
      Matcher line = INTERPRETER.matcher(new String(head, StandardCharsets.ISO_8859_1));
      if (!line.find()) {
        throw new IOException(attempt + ": exec format error");
      }
      interpreter = line.group(1);
    }
    if (interpreter.startsWith("/") && !there.test(Path.of(interpreter))) {
      throw new IOException(attempt + ": no such file or directory");
    }
  }

  /**
   * Why the kernel may refuse it all the same: it is for another kind of processor, which this
   * machine may know how to imitate.
   */
  Optional<String> doubt() {
    return ElfProgram.isOne(head) && ElfProgram.isForAnotherMachine(head)
        ? Optional.of(attempt + ": exec format error")
        : Optional.empty();
  }
}
