package io.portico.gateway.execute.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every {@code .case} file of {@code cases/websocket}, before the pipeline. */
final class WebSocketCasesTest {

  @TestFactory
  Stream<DynamicTest> goesAsItsSourceSays() {
    Map<String, CaseFiles.Content> files = CaseFiles.ofWebSocketApis();
    assertThat(files).isNotEmpty();
    return files.entrySet().stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getKey(),
                    file.getValue().file(),
                    () -> WebSocketCaseRun.run(file.getValue().parsed())));
  }
}
