package io.portico.lambda.code;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A zip of code, as its directory describes it. What it has would all be within the folder that it
 * is unpacked to: a zip of which that cannot be said is not opened.
 *
 * <p>AWS: links are kept; source: reported by users,
 * https://github.com/terraform-aws-modules/terraform-aws-lambda/issues/596. That empty folders are,
 * too, is inferred.
 */
final class Zip implements Closeable {
  /** AWS: source: recorded, facts LAM-16. */
  private static final String BROKEN =
      "Could not unzip uploaded file. Please check your file, then try to upload again.";

  /** Linux knows no longer path, nor the target of a link. */
  private static final int LONGEST_PATH = 4096;

  /**
   * Where a function finds its layers and itself on AWS, to which links lead in zips that work
   * there; source: reported by users, https://github.com/aws/aws-sam-cli/issues/4364.
   */
  private static final List<String> PLACES = List.of("/opt/", "/var/task/");

  private static final String HERE = ".";
  private static final String UP = "..";

  private final ZipFile file;
  private final Set<Path> folders = new LinkedHashSet<>();
  private final Map<Path, ZipArchiveEntry> files = new LinkedHashMap<>();
  private final Map<Path, Path> links = new LinkedHashMap<>();

  private Zip(ZipFile file) {
    this.file = file;
  }

  /**
   * Opens a zip.
   *
   * @throws InvalidZipException if it cannot be read, or something in it leads out of it
   */
  static Zip open(Path path) throws InvalidZipException {
    ZipFile file;
    try {
      file = ZipFile.builder().setPath(path).get();
    } catch (IOException | RuntimeException e) {
      // Some malformed ones bring up unchecked exceptions.
      throw new InvalidZipException(BROKEN, e);
    }
    Zip zip = new Zip(file);
    boolean read = false;
    try {
      zip.read();
      read = true;
      return zip;
    } catch (IOException | RuntimeException e) {
      throw new InvalidZipException(BROKEN, e);
    } finally {
      if (!read) {
        zip.close();
      }
    }
  }

  /** Folders, relative to the zip's root. */
  Set<Path> folders() {
    return Collections.unmodifiableSet(folders);
  }

  /** Files by where they are. */
  Map<Path, ZipArchiveEntry> files() {
    return Collections.unmodifiableMap(files);
  }

  /** Where links lead to, by where they are. */
  Map<Path, Path> links() {
    return Collections.unmodifiableMap(links);
  }

  /** What is in a file. */
  InputStream content(ZipArchiveEntry entry) throws IOException {
    return file.getInputStream(entry);
  }

  private void read() throws IOException, InvalidZipException {
    Enumeration<ZipArchiveEntry> entries = file.getEntries();
    while (entries.hasMoreElements()) {
      ZipArchiveEntry entry = entries.nextElement();
      Path place = place(entry.getName());
      if (place != null) {
        add(place, entry);
      }
    }
    // A folder is in the way of nothing but another folder.
    for (Path folder : folders) {
      if (files.containsKey(folder) || links.containsKey(folder)) {
        throw new InvalidZipException(BROKEN, null);
      }
    }
  }

  private void add(Path place, ZipArchiveEntry entry) throws IOException, InvalidZipException {
    addFolders(entry.isDirectory() ? place : place.getParent());
    if (entry.isDirectory()) {
      return;
    }
    if (!file.canReadEntryData(entry)) {
      // Encrypted, or compressed in a way that is not known.
      throw new InvalidZipException(BROKEN, null);
    }
    // Of two with the same name, the last one stays.
    files.remove(place);
    links.remove(place);
    if (entry.isUnixSymlink()) {
      links.put(place, target(place, entry));
    } else {
      files.put(place, entry);
    }
  }

  private void addFolders(@Nullable Path innermost) {
    Path folder = innermost;
    while (folder != null && folders.add(folder)) {
      folder = folder.getParent();
    }
  }

  /** Where an entry is, relative to the zip's root; null for the root itself. */
  private static @Nullable Path place(String name) throws InvalidZipException {
    if (name.length() > LONGEST_PATH) {
      throw new InvalidZipException(BROKEN, null);
    }
    Path place = null;
    for (String step : name.split("/", -1)) {
      if (step.equals(UP)) {
        throw new InvalidZipException(BROKEN, null);
      }
      if (!step.isEmpty() && !step.equals(HERE)) {
        place = place == null ? Path.of(step) : place.resolve(step);
      }
    }
    return place;
  }

  private Path target(Path place, ZipArchiveEntry entry) throws IOException, InvalidZipException {
    byte[] target;
    try (InputStream content = content(entry)) {
      target = content.readNBytes(LONGEST_PATH);
    }
    String text = new String(target, StandardCharsets.UTF_8);
    if (!staysInside(place, text)) {
      throw new InvalidZipException(
          "The link %s leads out of the zip, to %s".formatted(place, text), null);
    }
    return Path.of(text);
  }

  /**
   * Whether a link leads to nowhere but the folder that the zip is unpacked to, or what a function
   * finds in its place on AWS, whatever other links are on its way: it goes up first, from where it
   * is, and then down only. So it does where other layers lie over it.
   */
  static boolean staysInside(Path place, String target) {
    boolean absolute = target.startsWith("/");
    if (target.isEmpty() || (absolute && PLACES.stream().noneMatch(target::startsWith))) {
      return false;
    }
    int above = absolute ? 0 : place.getNameCount() - 1;
    boolean down = false;
    for (String step : target.split("/", -1)) {
      if (step.equals(UP)) {
        if (down || above == 0) {
          return false;
        }
        above--;
      } else if (!step.isEmpty() && !step.equals(HERE)) {
        down = true;
      }
    }
    return true;
  }

  @Override
  public void close() {
    ZipFile.closeQuietly(file);
  }
}
