package io.portico.lambda.runtime;

import io.portico.lambda.runtime.Interpreter.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A language whose interpreter stands on the machine.
 *
 * @param title what people call it
 * @param question arguments with which an interpreter prints where it is and its version
 * @param answer the form of what it prints then
 * @param byMinor whether the second number of a version tells functions apart, too
 * @param names what an interpreter may be called, the likeliest name first: {@code %} stands for
 *     its version
 * @param patterns files in which systems and version managers put interpreters: {@code ~} is the
 *     user's home, {@code $NAME} a variable, {@code *} stands for any name
 */
record Language(
    String title,
    List<String> question,
    Answer answer,
    boolean byMinor,
    List<String> names,
    List<String> patterns) {

  /** How an interpreter says what it is. */
  enum Answer {
    /** On its output: its path, and on a second line its version. */
    LINES {
      @Override
      Optional<Interpreter> read(List<String> lines) {
        return lines.size() < 2
            ? Optional.empty()
            : Optional.of(new Interpreter(Path.of(lines.get(0).strip()), Version.of(lines.get(1))));
      }
    },
    /** Among its errors: the properties of a JVM, each in a line. */
    PROPERTIES {
      @Override
      Optional<Interpreter> read(List<String> lines) {
        String home = "";
        String version = "";
        for (String line : lines) {
          String[] property = line.strip().split(" = ", 2);
          switch (property[0]) {
            case "java.home" -> home = property[property.length - 1];
            case "java.specification.version" -> version = property[property.length - 1];
            default -> {}
          }
        }
        // Before Java 9, the first number was always 1.
        return home.isEmpty() || version.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Interpreter(
                    Path.of(home, "bin", "java"),
                    Version.of(version.startsWith("1.") ? version.substring(2) : version)));
      }
    };

    /**
     * The interpreter that has printed this.
     *
     * @throws NumberFormatException if its version is none
     */
    abstract Optional<Interpreter> read(List<String> lines);
  }

  static final Language NODE =
      new Language(
          "Node.js",
          List.of("-p", "process.execPath + '\\n' + process.versions.node"),
          Answer.LINES,
          false,
          List.of("node%", "node", "nodejs"),
          List.of(
              "~/.nvm/versions/node/v*/bin/node",
              "~/.local/share/fnm/node-versions/v*/installation/bin/node",
              "~/.fnm/node-versions/v*/installation/bin/node",
              "~/.volta/tools/image/node/*/bin/node",
              "~/.asdf/installs/nodejs/*/bin/node",
              "~/.local/share/mise/installs/node/*/bin/node",
              "~/.nodenv/versions/*/bin/node",
              "/usr/local/n/versions/node/*/bin/node",
              "/opt/node*/bin/node"));

  static final Language PYTHON =
      new Language(
          "Python",
          List.of("-c", "import sys; print(sys.executable); print('%d.%d' % sys.version_info[:2])"),
          Answer.LINES,
          true,
          List.of("python%", "python3"),
          List.of(
              "~/.pyenv/versions/*/bin/python3",
              "~/.local/share/uv/python/*/bin/python3",
              "~/.asdf/installs/python/*/bin/python3",
              "~/.local/share/mise/installs/python/*/bin/python3",
              "/opt/python*/bin/python3",
              "/usr/bin/python3.*",
              "/usr/local/bin/python3.*",
              "/opt/homebrew/bin/python3.*"));

  static final Language JAVA =
      new Language(
          "Java",
          List.of("-XshowSettings:properties", "-version"),
          Answer.PROPERTIES,
          false,
          List.of("java"),
          List.of(
              "$JAVA_HOME/bin/java",
              // The one that runs this process: there is always Java of some version.
              System.getProperty("java.home") + "/bin/java",
              "/usr/lib/jvm/*/bin/java",
              "/usr/lib64/jvm/*/bin/java",
              "/usr/java/*/bin/java",
              "/usr/local/java/*/bin/java",
              "/opt/java/*/bin/java",
              "/opt/*jdk*/bin/java",
              "$SDKMAN_DIR/candidates/java/*/bin/java",
              "~/.sdkman/candidates/java/*/bin/java",
              "~/.jdks/*/bin/java",
              "~/.gradle/jdks/*/bin/java",
              "~/.gradle/jdks/*/Contents/Home/bin/java",
              "~/.jenv/versions/*/bin/java",
              "~/.jabba/jdk/*/bin/java",
              "~/.asdf/installs/java/*/bin/java",
              "~/.local/share/mise/installs/java/*/bin/java",
              "/Library/Java/JavaVirtualMachines/*/Contents/Home/bin/java",
              "~/Library/Java/JavaVirtualMachines/*/Contents/Home/bin/java",
              "/opt/homebrew/opt/openjdk*/bin/java",
              "/usr/local/opt/openjdk*/bin/java",
              "/home/linuxbrew/.linuxbrew/opt/openjdk*/bin/java"));

  /** The language of a runtime that needs an interpreter. */
  static Language of(RuntimeName runtime) {
    return switch (runtime.family()) {
      case NODE -> NODE;
      case PYTHON -> PYTHON;
      case JAVA -> JAVA;
      case PROVIDED, OTHER ->
          throw new IllegalArgumentException(runtime.name() + " needs no interpreter");
    };
  }

  /** What an interpreter of a version may be called, the likeliest name first. */
  Stream<String> names(Version version) {
    String text = byMinor ? version.toString() : Integer.toString(version.major());
    return names.stream().map(name -> name.replace("%", text));
  }

  /** Whether functions for one version run on the other as they would on their own. */
  boolean isSame(Version wanted, Version found) {
    return wanted.major() == found.major() && (!byMinor || wanted.minor() == found.minor());
  }
}
