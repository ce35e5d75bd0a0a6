package io.portico.lambda.runtime;

import io.portico.lambda.code.Trees;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * AWS's <b>runtime interface client</b> for Java, which takes a function's events from the Runtime
 * API and calls its handler. Its jars belong to functions, not to this process: they stand in a
 * folder of their own, beside Portico's libraries, and run from a folder of this process, which
 * isolated functions see as well.
 *
 * @see <a href="https://github.com/aws/aws-lambda-java-libs">AWS Lambda Java support libraries</a>
 */
final class JavaClient {
  private static final Logger LOG = LoggerFactory.getLogger(JavaClient.class);

  private static final String FOLDER = "runtimes/java";
  private static final String JAR = "aws-lambda-java-runtime-interface-client.jar";

  /** Classes that stand in for some of the client's, in a folder beside its jars. */
  private static final String REPLACEMENTS = "portico";

  private static final String CLASSES = "classes";
  private static final String MUSL = "musl";
  private static final Path ALPINE = Path.of("/etc/alpine-release");

  private final Path unpacked;

  /**
   * @param unpacked a folder of this process, made when it is needed
   */
  JavaClient(Path unpacked) {
    this.unpacked = unpacked;
  }

  /**
   * Whether it can run functions on a JDK.
   *
   * @throws IOException if not; the message says why
   */
  void check(Interpreter jdk) throws IOException {
    classPath();
    library(jdk);
  }

  /** Folders and jars with its classes. */
  List<Path> classPath() throws IOException {
    Path folder = classes();
    List<Path> path = new ArrayList<>();
    path.add(folder.resolve(REPLACEMENTS));
    try (Stream<Path> files = Files.list(folder)) {
      files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(path::add);
    }
    return path;
  }

  private synchronized Path classes() throws IOException {
    Path target = unpacked.resolve(CLASSES);
    if (!Files.isDirectory(target)) {
      Files.createDirectories(unpacked);
      Path part = Files.createTempDirectory(unpacked, "part-");
      try {
        Trees.layOver(folder(), part);
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Trees.delete(part);
      }
    }
    return target;
  }

  /**
   * The native library by which it speaks HTTP. Left to itself, it would write one to {@code /tmp},
   * where those of all functions would meet.
   */
  Path library(Interpreter jdk) throws IOException {
    String name =
        "libaws-lambda-jni.linux%s-%s.so".formatted(hasMusl(jdk) ? "_" + MUSL : "", architecture());
    Path target = unpacked.resolve(name);
    unpack("jni/" + name, target);
    return target;
  }

  /** It is another one for each processor, and there is none for other systems than Linux. */
  private static String architecture() throws IOException {
    String system = System.getProperty("os.name", "");
    String processor = System.getProperty("os.arch", "");
    String architecture =
        switch (processor) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64" -> "aarch_64";
          default -> "";
        };
    if (!system.equals("Linux") || architecture.isEmpty()) {
      throw new IOException(
          ("Functions in Java need Linux on x86_64 or aarch64, as AWS's runtime interface client"
                  + " for Java does; this is %s on %s")
              .formatted(system, processor));
    }
    return architecture;
  }

  /** Whether a JDK is built for musl in place of glibc, as its own description says. */
  private static boolean hasMusl(Interpreter jdk) {
    Path description = jdk.program().resolve("../../release").normalize();
    try {
      for (String line : Files.readAllLines(description)) {
        if (line.startsWith("LIBC=")) {
          return line.contains(MUSL);
        }
      }
    } catch (IOException e) {
      LOG.debug("{} cannot be read: {}", description, e.toString());
    }
    return Files.exists(ALPINE);
  }

  private synchronized void unpack(String entry, Path target) throws IOException {
    if (Files.exists(target)) {
      return;
    }
    Path jar = folder().resolve(JAR);
    try (ZipFile content = new ZipFile(jar.toFile())) {
      ZipEntry library = content.getEntry(entry);
      if (library == null) {
        throw new IOException(jar + " has no " + entry);
      }
      Files.createDirectories(unpacked);
      Path part = Files.createTempFile(unpacked, "part-", ".so");
      try (InputStream bytes = content.getInputStream(library)) {
        Files.copy(bytes, part, StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
    }
  }

  /** In a distribution beside {@code lib}, in a build beside the classes. */
  private static Path folder() throws IOException {
    Path own = own();
    for (String parent : List.of("..", "../..")) {
      Path folder = own.resolve(parent).resolve(FOLDER).normalize();
      if (Files.isRegularFile(folder.resolve(JAR))) {
        return folder;
      }
    }
    throw new IOException(
        "Portico's own folder has no %s, which functions in Java need; looked from %s"
            .formatted(FOLDER, own));
  }

  private static Path own() throws IOException {
    CodeSource source = JavaClient.class.getProtectionDomain().getCodeSource();
    if (source == null) {
      throw new IOException("Portico does not know where it is installed");
    }
    try {
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException("Portico is installed where no path leads: " + source.getLocation(), e);
    }
  }
}
