package io.portico.lambda.runtime;

import io.portico.lambda.runtime.Interpreter.Version;
import java.util.List;
import java.util.stream.Stream;

/**
 * A language whose interpreter stands on the machine.
 *
 * @param title what people call it
 * @param question arguments with which an interpreter prints its own path and, on a second line,
 *     its version
 * @param byMinor whether the second number of a version tells functions apart, too
 * @param names what an interpreter may be called whatever its version
 * @param patterns files in which version managers put interpreters: {@code ~} is the user's home,
 *     {@code *} stands for any name
 */
record Language(
    String title,
    List<String> question,
    boolean byMinor,
    List<String> names,
    List<String> patterns) {

  static final Language NODE =
      new Language(
          "Node.js",
          List.of("-p", "process.execPath + '\\n' + process.versions.node"),
          false,
          List.of("node", "nodejs"),
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
          true,
          List.of("python3"),
          List.of(
              "~/.pyenv/versions/*/bin/python3",
              "~/.local/share/uv/python/*/bin/python3",
              "~/.asdf/installs/python/*/bin/python3",
              "~/.local/share/mise/installs/python/*/bin/python3",
              "/opt/python*/bin/python3",
              "/usr/bin/python3.*",
              "/usr/local/bin/python3.*",
              "/opt/homebrew/bin/python3.*"));

  /** The language of a runtime of Node.js or Python. */
  static Language of(RuntimeName runtime) {
    return runtime.family() == RuntimeName.Family.NODE ? NODE : PYTHON;
  }

  /** What an interpreter of a version may be called, the likeliest name first. */
  Stream<String> names(Version version) {
    String own = byMinor ? "python" + version : "node" + version.major();
    return Stream.concat(Stream.of(own), names.stream());
  }

  /** Whether functions for one version run on the other as they would on their own. */
  boolean isSame(Version wanted, Version found) {
    return wanted.major() == found.major() && (!byMinor || wanted.minor() == found.minor());
  }
}
