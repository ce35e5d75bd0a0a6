package io.portico.lambda.isolation;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Finds the folder of a process's cgroup of version 2.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html">Control Group v2</a>
 */
final class CgroupFolder {
  private static final String VERSION_2 = "0::";
  private static final int ROOT = 3;
  private static final int MOUNT_POINT = 4;
  private static final int FIRST_OPTIONAL = 6;
  private static final Pattern FIELD = Pattern.compile(" ");
  private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

  private CgroupFolder() {}

  /**
   * The folder, if there is one.
   *
   * @param cgroup what {@code /proc/self/cgroup} says
   * @param mounts what {@code /proc/self/mountinfo} says
   */
  static Optional<Path> of(String cgroup, String mounts) {
    return cgroup
        .lines()
        .filter(line -> line.startsWith(VERSION_2 + "/"))
        .map(line -> Path.of(line.substring(VERSION_2.length())))
        // One outside of what this process may see begins with two dots.
        .filter(path -> path.equals(path.normalize()))
        .findFirst()
        .flatMap(path -> mounts.lines().flatMap(line -> mounted(line, path).stream()).findFirst());
  }

  /** Where a mount shows the cgroup of this path, if it does. */
  private static Optional<Path> mounted(String line, Path path) {
    List<String> fields = FIELD.splitAsStream(line).toList();
    int separator = fields.indexOf("-");
    if (separator < FIRST_OPTIONAL
        || fields.size() <= separator + 1
        || !fields.get(separator + 1).equals("cgroup2")) {
      return Optional.empty();
    }
    Path root = Path.of(unescaped(fields.get(ROOT)));
    return path.startsWith(root)
        ? Optional.of(Path.of(unescaped(fields.get(MOUNT_POINT))).resolve(root.relativize(path)))
        : Optional.empty();
  }

  private static String unescaped(String field) {
    return OCTAL.matcher(field).replaceAll(CgroupFolder::character);
  }

  private static String character(MatchResult octal) {
    String character = Character.toString(Integer.parseInt(octal.group(1), 8));
    return character.equals("\\") ? "\\\\" : character;
  }
}
