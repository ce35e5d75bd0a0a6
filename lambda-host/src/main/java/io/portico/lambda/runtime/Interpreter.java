package io.portico.lambda.runtime;

import java.nio.file.Path;

/**
 * A program that runs functions.
 *
 * @param program absolute
 * @param version such as {@code 22.11.0}
 */
record Interpreter(Path program, Version version) implements Comparable<Interpreter> {

  /** The two numbers that tell versions of a language apart. */
  record Version(int major, int minor) implements Comparable<Version> {

    /** {@code 22.11.0}, {@code 22}, {@code 3.12}: what follows the second number is left out. */
    static Version of(String text) {
      String[] numbers = text.strip().split("\\.", -1);
      return new Version(
          Integer.parseInt(numbers[0]), numbers.length > 1 ? Integer.parseInt(numbers[1]) : 0);
    }

    @Override
    public int compareTo(Version other) {
      return major != other.major
          ? Integer.compare(major, other.major)
          : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
      return major + "." + minor;
    }
  }

  @Override
  public int compareTo(Interpreter other) {
    return version.compareTo(other.version);
  }
}
