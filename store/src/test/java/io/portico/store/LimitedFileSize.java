package io.portico.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.portico.gateway.store.RecordKey;
import io.portico.gateway.store.RecordStore;
import io.portico.gateway.store.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.JDBC;
import org.sqlite.util.OSInfo;

/**
 * A process that may write files up to a limit only, which the operating system enforces as it does
 * the end of a disk: it writes until the store fails and then looks at what is there.
 */
final class LimitedFileSize {
  /** In blocks of 1,024 bytes, as bash's {@code ulimit -f} counts. */
  private static final int BLOCKS = 600;

  private static final String LIBRARY = "libsqlitejdbc.so";

  private LimitedFileSize() {}

  /** What the process says about a store in {@code directory}. */
  static List<String> run(Path directory) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    unpackDriver(directory);
    Process process =
        new ProcessBuilder(
                "bash",
                "-c",
                "ulimit -f " + BLOCKS + "; exec \"$@\"",
                "bash",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:-UsePerfData",
                // The native library is larger than the limit: it must have been unpacked before.
                "-Dorg.sqlite.lib.path=" + directory,
                "-Dorg.sqlite.lib.name=" + LIBRARY,
                "-cp",
                System.getProperty("java.class.path"),
                LimitedFileSize.class.getName(),
                directory.resolve("data").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader reader = process.inputReader(UTF_8)) {
      return reader.lines().toList();
    } finally {
      process.destroyForcibly();
      process.waitFor();
    }
  }

  private static void unpackDriver(Path directory) throws IOException {
    String resource =
        "/org/sqlite/native/" + OSInfo.getNativeLibFolderPathForCurrentOS() + "/libsqlitejdbc.so";
    try (InputStream in = JDBC.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("the driver has no " + resource);
      }
      Files.copy(in, directory.resolve(LIBRARY));
    }
  }

  public static void main(String[] arguments) {
    List<String> acknowledged = new ArrayList<>();
    byte[] content = new byte[20_000];
    try (RecordStore store = SqliteRecordStore.open(Path.of(arguments[0]))) {
      while (true) {
        String id = "id" + acknowledged.size();
        try {
          String done =
              store.write(
                  change -> {
                    change.put(new RecordKey("left", "acc", id), content);
                    change.put(new RecordKey("right", "acc", id), content);
                    return id;
                  });
          acknowledged.add(done);
        } catch (StoreException e) {
          System.out.println("failed: " + e.getClass().getSimpleName());
          break;
        }
      }
      RecordKey failed = new RecordKey("left", "acc", "id" + acknowledged.size());
      System.out.println(
          "half of the failed write: " + store.read(view -> view.get(failed) != null));
      System.out.println(
          "everything acknowledged: "
              + store.read(
                  view -> {
                    boolean all = true;
                    for (String id : acknowledged) {
                      all &= view.get(new RecordKey("left", "acc", id)) != null;
                      all &= view.get(new RecordKey("right", "acc", id)) != null;
                    }
                    return all && view.all("left").size() == acknowledged.size();
                  }));
      RecordKey small = new RecordKey("small", "acc", "a");
      Boolean _ =
          store.write(
              change -> {
                change.deleteAll("left", "acc");
                change.deleteAll("right", "acc");
                return true;
              });
      System.out.println(
          "a small write afterwards: "
              + store.write(
                  change -> {
                    change.put(small, new byte[10]);
                    return change.get(small) != null;
                  }));
    }
  }
}
