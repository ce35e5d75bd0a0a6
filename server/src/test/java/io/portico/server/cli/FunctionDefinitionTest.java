package io.portico.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class FunctionDefinitionTest {
  private static final String LEAST =
      "{\"Runtime\": \"nodejs20.x\", \"Handler\": \"index.handler\"}";

  @TempDir Path folder = Path.of("");

  @Test
  void aFunctionIsNamedByItsFolderAndRunsFromIt() throws IOException {
    write("orders", LEAST);
    write("greeter", LEAST);
    Files.createDirectories(folder.resolve("functions/shared"));

    List<FunctionDefinition> functions = FunctionDefinition.in(List.of(folder));

    assertThat(functions).extracting(FunctionDefinition::name).containsExactly("greeter", "orders");
    assertThat(functions.getFirst().input())
        .isEqualTo(
            Json.parse(
                """
                {"Runtime": "nodejs20.x", "Handler": "index.handler", "FunctionName": "greeter",
                 "Role": "arn:aws:iam::000000000000:role/portico-run",
                 "Code": {"S3Bucket": "_portico", "S3Key": "%s"}}
                """
                    .formatted(folder.toAbsolutePath().resolve("functions/greeter"))));
  }

  @Test
  void codeOfThisMachineIsSeenFromTheFolder() throws IOException {
    write(
        "greeter",
        LEAST.replace(
            "}", ", \"Code\": {\"S3Bucket\": \"_portico\", \"S3Key\": \"target/classes\"}}"));

    JsonNode code = FunctionDefinition.in(List.of(folder)).getFirst().input().path("Code");

    assertThat(code.path("S3Key").asString())
        .isEqualTo(folder.toAbsolutePath().resolve("functions/greeter/target/classes").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'Runtime': 'nodejs20.x', 'Timout': 3}|unknown member Timout; there are Architectures, ",
        "{'Environment': {'FOO': '1'}}|unknown member Environment.FOO; there are Variables",
        "{'FunctionName': 'other'}|FunctionName does not belong here: the folder names the function",
        "{'Timeout': 0}|1 validation error detected: Value '0' at 'timeout' failed",
        "[]|it is no JSON object"
      })
  void whatIsWrongIsNamedWithTheFile(String text, String wrong) throws IOException {
    Path file = write("greeter", text.replace('\'', '"'));

    assertThatThrownBy(() -> FunctionDefinition.in(List.of(folder)))
        .isInstanceOf(DefinitionException.class)
        .message()
        .startsWith(file + ": " + wrong)
        .hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'Runtime': 'nodejs20.x',|line 1: ",
        "{'Timeout': 3, 'Timeout': 4}|line 1: Duplicate"
      })
  void aFileThatIsNoJsonIsNamedWithTheLine(String text, String wrong) throws IOException {
    Path file = write("greeter", text.replace('\'', '"'));

    assertThatThrownBy(() -> FunctionDefinition.in(List.of(folder)))
        .isInstanceOf(DefinitionException.class)
        .message()
        .startsWith(file + " is no JSON: " + wrong)
        .hasLineCount(1);
  }

  @Test
  void aFolderOfFunctionsNeedsNoApi() throws IOException {
    write("greeter", LEAST);

    assertThat(Definition.in(List.of(folder))).isEmpty();
  }

  private Path write(String name, String content) throws IOException {
    Path file = folder.resolve("functions").resolve(name).resolve(FunctionDefinition.FILE);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }
}
