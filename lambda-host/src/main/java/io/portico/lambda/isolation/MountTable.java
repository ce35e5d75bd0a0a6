package io.portico.lambda.isolation;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Mounts, in the order in which they are made, in the form of {@code fstab}: one call of {@code
 * mount} makes them all.
 */
final class MountTable {
  private final Path root;
  private final StringBuilder lines;

  /**
   * An empty one.
   *
   * @param root below which targets are
   */
  MountTable(Path root) {
    this(root, "");
  }

  private MountTable(Path root, String lines) {
    this.root = root;
    this.lines = new StringBuilder(lines);
  }

  MountTable copy() {
    return new MountTable(root, text());
  }

  /** A file or folder of the machine, to be read. */
  void readOnly(Path source, String target) {
    add(source.toString(), target, "none", "bind,ro,nosuid,nodev");
  }

  /** A folder of the machine, to be written to as well. */
  void writable(Path source, String target) {
    add(source.toString(), target, "none", "bind,nosuid,nodev");
  }

  void device(Path source, String target) {
    add(source.toString(), target, "none", "bind");
  }

  /** A file system of the kernel's. */
  void fileSystem(String type, String target, String options) {
    add(type, target, type, options);
  }

  /** Several folders as one, to be read; the first hides what is in the others. */
  void merged(List<Path> folders, String target) {
    String lower =
        folders.stream()
            // Overlay's own separators.
            .map(folder -> folder.toString().replaceAll("[\\\\:,]", "\\\\$0"))
            .collect(Collectors.joining(":"));
    add("overlay", target, "overlay", "ro,nosuid,nodev,lowerdir=" + lower);
  }

  private void add(String source, String target, String type, String options) {
    lines
        .append(escaped(source))
        .append(' ')
        .append(escaped(root + target))
        .append(' ')
        .append(type)
        .append(' ')
        .append(escaped(options))
        .append(" 0 0\n");
  }

  private static String escaped(String field) {
    return field
        .replace("\\", "\\134")
        .replace(" ", "\\040")
        .replace("\t", "\\011")
        .replace("\n", "\\012");
  }

  /** What {@code mount --fstab} reads. */
  String text() {
    return lines.toString();
  }
}
