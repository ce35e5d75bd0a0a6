package io.portico.server.cli;

import io.portico.gateway.control.protocol.AwsApi;
import io.portico.gateway.control.protocol.InputDocument;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Lambda function on disk: {@code functions/NAME/function.json} is CreateFunction's input without
 * the name, its folder the function's code.
 *
 * @param file where it stands
 * @param name the function's
 * @param input CreateFunction's, whole
 */
record FunctionDefinition(Path file, String name, ObjectNode input) {
  static final String FILE = "function.json";
  static final String FUNCTION_NAME = "FunctionName";

  private static final String FOLDERS = "functions";
  private static final String CODE = "Code";
  private static final String ROLE = "Role";
  private static final String BUCKET = "S3Bucket";
  private static final String KEY = "S3Key";

  /** What stands for this machine's files. */
  private static final String THIS_MACHINE = "_portico";

  /** Functions need one, and nobody asks whether it is there. */
  private static final String ANY_ROLE = "arn:aws:iam::000000000000:role/portico-run";

  /**
   * The functions of those paths that are folders, ordered by name.
   *
   * @throws DefinitionException if one cannot be read, or is none
   */
  static List<FunctionDefinition> in(List<Path> paths) {
    return paths.stream()
        .flatMap(path -> files(path).stream())
        .map(FunctionDefinition::read)
        .toList();
  }

  /** Where functions of a folder are defined; none for what is no folder. */
  static List<Path> files(Path folder) {
    Path functions = folder.resolve(FOLDERS);
    if (!Files.isDirectory(functions)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(functions)) {
      return folders.map(each -> each.resolve(FILE)).filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new DefinitionException(functions + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * The function that a file defines.
   *
   * @throws DefinitionException if it defines none; the message names file and member
   */
  static FunctionDefinition read(Path file) {
    Path folder = folder(file);
    String name = String.valueOf(folder.getFileName());
    JsonNode document = document(file);
    if (!(document instanceof ObjectNode input)) {
      throw new DefinitionException(file + ": it is no JSON object", null);
    }
    if (input.has(FUNCTION_NAME)) {
      throw new DefinitionException(
          "%s: %s does not belong here: the folder names the function"
              .formatted(file, FUNCTION_NAME),
          null);
    }
    input.put(FUNCTION_NAME, name);
    if (!input.has(ROLE)) {
      input.put(ROLE, ANY_ROLE);
    }
    locate(input, folder);
    try {
      ObjectNode _ = InputDocument.of(AwsApi.LAMBDA, "CreateFunction").read(input);
    } catch (ServiceException e) {
      throw new DefinitionException(file + ": " + e.text(), e);
    }
    return new FunctionDefinition(file, name, input);
  }

  /** The whole path of the folder in which a file is. */
  static Path folder(Path file) {
    return file.toAbsolutePath().resolve("..").normalize();
  }

  private static JsonNode document(Path file) {
    try {
      return Json.parseUnambiguous(Files.readString(file));
    } catch (JacksonException e) {
      throw new DefinitionException(
          "%s is no JSON: line %d: %s"
              .formatted(
                  file,
                  e.getLocation().getLineNr(),
                  e.getOriginalMessage().lines().findFirst().orElse("")),
          e);
    } catch (IOException e) {
      throw new DefinitionException(
          "%s cannot be read: %s: %s".formatted(file, e.getClass().getSimpleName(), e.getMessage()),
          e);
    }
  }

  /** The code is the folder, unless the definition names something else, seen from there. */
  private static void locate(ObjectNode input, Path folder) {
    JsonNode given = input.get(CODE);
    if (given == null || given.isNull()) {
      input.putObject(CODE).put(BUCKET, THIS_MACHINE).put(KEY, folder.toString());
    } else if (given instanceof ObjectNode code
        && code.path(BUCKET).asString("").equals(THIS_MACHINE)
        && code.path(KEY).isString()) {
      code.put(KEY, folder.resolve(code.path(KEY).asString()).normalize().toString());
    }
  }
}
