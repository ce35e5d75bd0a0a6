package io.portico.store;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.SYNC;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;
import org.sqlite.util.OSInfo;

/**
 * SQLite's native library, unpacked once into the data directory that needs it.
 *
 * <p>Left to itself the driver unpacks it into the temporary folder at each start and takes it away
 * when the process ends, but not when the process is killed: there a megabyte stays for ever. In a
 * data directory it is found again; the directory is its owner's alone and locked by one server, so
 * nobody else writes there or meets a half-written file. Where it cannot be kept or loaded, the
 * driver does what it always did.
 */
final class SqliteLibrary {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteLibrary.class);
  private static final String FOLDER_KEY = "org.sqlite.lib.path";
  private static final String NAME_KEY = "org.sqlite.lib.name";

  private SqliteLibrary() {}

  /**
   * Tells the driver of the library in {@code dataDirectory}; the first call of a process counts,
   * because the library is loaded once.
   *
   * @param dataDirectory held by this process
   */
  static synchronized void in(Path dataDirectory) {
    if (System.getProperty(FOLDER_KEY) != null) {
      return;
    }
    String name = LibraryLoaderUtil.getNativeLibName();
    String platform = OSInfo.getNativeLibFolderPathForCurrentOS().replace('/', '-');
    Path libraries = dataDirectory.resolve("native");
    Path folder = libraries.resolve("sqlite-" + SQLiteJDBCLoader.getVersion() + "-" + platform);
    try {
      unpack(LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name, folder.resolve(name));
      forgetOthers(libraries, folder);
    } catch (IOException e) {
      LOG.warn("SQLite's library is unpacked into the temporary folder: {}", e.toString());
      return;
    }
    System.setProperty(FOLDER_KEY, folder.toString());
    System.setProperty(NAME_KEY, name);
  }

  private static void unpack(String resource, Path file) throws IOException {
    byte[] library;
    try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("the driver has no " + resource);
      }
      if (Files.exists(file)) {
        return;
      }
      library = in.readAllBytes();
    }
    Files.createDirectories(file.getParent());
    // Renamed when it is whole and on disk: what stands under its name can be loaded.
    Path part = file.resolveSibling("part");
    Files.write(part, library, CREATE, TRUNCATE_EXISTING, WRITE, SYNC);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Those of earlier versions. */
  private static void forgetOthers(Path libraries, Path current) throws IOException {
    List<Path> others;
    try (Stream<Path> folders = Files.list(libraries)) {
      others = folders.filter(folder -> !folder.equals(current)).toList();
    }
    for (Path other : others) {
      try (Stream<Path> files = Files.walk(other)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
