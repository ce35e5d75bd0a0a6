package io.portico.lambda.runtime;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A runtime of AWS's, such as {@code nodejs22.x}.
 *
 * @param name as AWS has it
 * @param family what kind of process runs it
 * @param version {@code 22}, {@code 3.12}, {@code 8}; empty for a runtime that functions bring
 *     along
 */
public record RuntimeName(String name, Family family, String version) {

  /** What kind of process runs a function. */
  public enum Family {
    NODE,
    PYTHON,
    JAVA,
    PROVIDED,
    /** AWS has it; Portico cannot run it yet. */
    OTHER
  }

  /** AWS: in this order, as its refusal lists them; source: recorded, facts LAM-15. */
  public static final List<String> KNOWN =
      List.of(
          "nodejs20.x",
          "python3.14",
          "provided.al2023",
          "python3.12",
          "python3.13",
          "nodejs24.x",
          "nodejs22.x",
          "java25",
          "python3.10",
          "python3.11",
          "java21",
          "ruby3.3",
          "ruby3.4",
          "ruby3.2",
          "python3.8",
          "python3.9",
          "java17",
          "nodejs16.x",
          "dotnet10",
          "dotnet8",
          "java11",
          "dotnet6",
          "nodejs18.x",
          "provided.al2",
          "java8.al2");

  /** AWS: source: recorded, facts LAM-17. */
  public static final Set<String> RETIRED =
      Set.of(
          "java8",
          "go1.x",
          "provided",
          "ruby2.7",
          "nodejs12.x",
          "nodejs14.x",
          "python3.7",
          "dotnetcore3.1");

  private static final Pattern NODE = Pattern.compile("nodejs(\\d+)\\.x");
  private static final Pattern PYTHON = Pattern.compile("python(3\\.\\d+)");
  private static final Pattern JAVA = Pattern.compile("java(\\d+)(?:\\.al2)?");

  /**
   * The runtime of that name.
   *
   * @param name one of {@link #KNOWN}
   */
  public static RuntimeName of(String name) {
    Matcher node = NODE.matcher(name);
    if (node.matches()) {
      return new RuntimeName(name, Family.NODE, node.group(1));
    }
    Matcher python = PYTHON.matcher(name);
    if (python.matches()) {
      return new RuntimeName(name, Family.PYTHON, python.group(1));
    }
    Matcher java = JAVA.matcher(name);
    if (java.matches()) {
      return new RuntimeName(name, Family.JAVA, java.group(1));
    }
    return new RuntimeName(name, name.startsWith("provided.") ? Family.PROVIDED : Family.OTHER, "");
  }
}
