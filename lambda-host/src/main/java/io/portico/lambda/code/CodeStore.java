package io.portico.lambda.code;

import io.portico.lambda.model.CodeRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Zips by their digest, and beside each the folder that it was unpacked to. A zip is durable and
 * never changes, so that its code may be run while another is put in its place; a folder is closed
 * to writing, as on AWS, and yet made anew by each process, as its owner may have opened it.
 */
public final class CodeStore {
  private static final String ZIP = ".zip";
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");

  private final Path folder;

  /** How many calls are under way that have brought each zip. */
  private final Map<String, Integer> claims = new HashMap<>();

  /** Zips that no look for unused ones may delete now. */
  private Set<String> spared = new HashSet<>();

  /**
   * @param folder made when the first zip comes
   */
  public CodeStore(Path folder) {
    this.folder = folder;
  }

  /**
   * Keeps a zip, durably.
   *
   * @throws InvalidZipException if it is none, or too much is in it
   * @throws IOException if it cannot be written
   */
  public Kept keep(byte[] zip) throws InvalidZipException, IOException {
    byte[] digest = sha256(zip);
    String name = name(digest);
    claim(name);
    boolean written = false;
    try {
      long unzipped = write(name, zip);
      written = true;
      return new Kept(
          new CodeRecord(
              Base64.getEncoder().encodeToString(digest), zip.length, unzipped, null, null),
          () -> release(name));
    } finally {
      if (!written) {
        release(name);
      }
    }
  }

  private synchronized void claim(String name) {
    claims.merge(name, 1, Integer::sum);
    spared.add(name);
  }

  private synchronized void release(String name) {
    claims.computeIfPresent(name, (each, calls) -> calls == 1 ? null : calls - 1);
  }

  /** Returns how many bytes are in it. */
  private long write(String name, byte[] zip) throws InvalidZipException, IOException {
    Path target = zip(name);
    long unzipped;
    if (Files.exists(target)) {
      unzipped = Unpacking.check(target);
    } else {
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, "part-", ZIP);
      try {
        write(part, zip);
        unzipped = Unpacking.check(part);
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        sync(folder);
      } finally {
        Files.deleteIfExists(part);
      }
    }
    return unzipped;
  }

  /** The zip as it was sent. */
  public Path zip(CodeRecord code) {
    return zip(name(code));
  }

  /** The zip of that name. */
  Path zip(String name) {
    return folder.resolve(name + ZIP);
  }

  /** What a zip is called here: its digest in hexadecimal digits. */
  static String name(CodeRecord code) {
    return name(Base64.getDecoder().decode(code.sha256()));
  }

  /**
   * The folder to run code from; it is made now unless it is there.
   *
   * @throws IOException if it cannot be made, or is one of the user's and not there
   */
  public Path prepared(CodeRecord code) throws IOException {
    String own = code.folder();
    if (own != null) {
      Path path = Path.of(own);
      if (!Files.isDirectory(path)) {
        throw new IOException(path + " is not a folder");
      }
      return path;
    }
    Path target = folder.resolve(name(code));
    if (!Files.isDirectory(target)) {
      Path part = Files.createTempDirectory(folder, "part-");
      try {
        Unpacking.unpack(zip(code), part);
        Trees.closeToWriting(part);
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Trees.delete(part);
      }
    }
    return target;
  }

  /**
   * Deletes the folders of processes before this one, and zips that none of these names.
   *
   * @param used digests, as records have them
   */
  public void keepOnly(Set<String> used) throws IOException {
    Set<String> zips =
        used.stream()
            .map(digest -> name(Base64.getDecoder().decode(digest)) + ZIP)
            .collect(Collectors.toSet());
    if (Files.isDirectory(folder)) {
      try (Stream<Path> entries = Files.list(folder)) {
        for (Path entry : entries.toList()) {
          if (!zips.contains(String.valueOf(entry.getFileName()))) {
            Trees.delete(entry);
          }
        }
      }
    }
  }

  /**
   * Deletes zips that none of these names, and folders of them that nothing runs from. Called by
   * the thread that prepares folders.
   *
   * @param named asked when what is kept from now on is spared: digests, as records have them
   * @param running folders, by their absolute paths
   * @return those that are left for now because something runs from them
   */
  public Set<Path> deleteUnused(Supplier<Set<String>> named, Set<Path> running) throws IOException {
    synchronized (this) {
      spared = new HashSet<>(claims.keySet());
    }
    Set<String> used =
        named.get().stream()
            .map(digest -> name(Base64.getDecoder().decode(digest)))
            .collect(Collectors.toSet());
    Set<Path> left = new HashSet<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> entries = Files.list(folder)) {
        for (Path entry : entries.toList()) {
          Path path = entry.toAbsolutePath();
          if (!deleteUnused(path, used, running)) {
            left.add(path);
          }
        }
      }
    }
    return left;
  }

  /** Returns whether all is done about it. */
  private boolean deleteUnused(Path entry, Set<String> used, Set<Path> running) throws IOException {
    String name = String.valueOf(entry.getFileName());
    if (name.endsWith(ZIP)) {
      deleteUnusedZip(name.substring(0, name.length() - ZIP.length()), used);
      return true;
    }
    // Layers that lie one over the other are nothing but what runs from them; what is being written
    // has another name.
    boolean unused = NAME.matcher(name).matches() ? !used.contains(name) : OptFolders.isOne(name);
    if (!unused) {
      return true;
    }
    if (running.contains(entry)) {
      return false;
    }
    Trees.delete(entry);
    return true;
  }

  private synchronized void deleteUnusedZip(String name, Set<String> used) throws IOException {
    if (NAME.matcher(name).matches() && !used.contains(name) && !spared.contains(name)) {
      Files.deleteIfExists(zip(name));
    }
  }

  /**
   * Deletes what was unpacked: the next process makes it anew, and whoever deletes all that is kept
   * could not delete folders that are closed to writing.
   */
  public void deletePrepared() throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> entries = Files.list(folder)) {
        for (Path entry : entries.filter(Files::isDirectory).toList()) {
          Trees.delete(entry);
        }
      }
    }
  }

  /** Base64's own characters are not for file names. */
  private static String name(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  private static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
