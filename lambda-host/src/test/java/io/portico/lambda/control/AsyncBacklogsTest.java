package io.portico.lambda.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.lambda.RunningHost;
import io.portico.lambda.RunningHost.Machine;
import io.portico.lambda.RunningHost.Reply;
import io.portico.lambda.Setup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** More events than a function may run on at once. */
final class AsyncBacklogsTest extends WrittenCalls {
  @Test
  void aBacklogRunsByAndByAndLeavesRoomForCalls() throws IOException {
    try (Machine machine = new Machine();
        RunningHost host = RunningHost.start(machine, Setup.of(2))) {
      create(host, "f");
      Path go = folder.resolve("go");
      for (int i = 0; i < 30; i++) {
        send(host, "f", held(go, i));
      }

      Reply call = host.invoke("f", "{\"n\": 100}");

      assertThat(call.text()).isEqualTo("{\"did\":100}");
      assertThat(calls("f").size()).isLessThan(31);
      Files.writeString(go, "go");
      awaitCalls("f", 31);
      await("nothing is left in the store", () -> isEmpty(machine));
    }
  }

  @Test
  void aBacklogOfAFunctionThatRunsOneAtATimeRunsWithoutPause() {
    try (Machine machine = new Machine();
        RunningHost host = RunningHost.start(machine, Setup.of(10))) {
      create(host, "f");
      reserve(host, "f", 1);
      for (int i = 0; i < 200; i++) {
        send(host, "f", "{\"n\": " + i + "}");
      }

      await("all have run", () -> calls("f").size() >= 200);

      await("nothing is left in the store", () -> isEmpty(machine));
      assertThat(calls("f"))
          .extracting(call -> call.at("/event/n").intValue())
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 200).boxed().toList());
    }
  }

  @Test
  void eventsThatACallLeavesNoRoomForRunAfterIt() throws Exception {
    try (Machine machine = new Machine();
        RunningHost host = RunningHost.start(machine, Setup.of(10));
        ExecutorService caller = Executors.newSingleThreadExecutor()) {
      create(host, "f");
      reserve(host, "f", 1);
      Path go = folder.resolve("go");
      Future<Reply> call = caller.submit(() -> host.invoke("f", held(go, 100)));
      awaitCalls("f", 1);

      for (int i = 0; i < 20; i++) {
        send(host, "f", "{\"n\": " + i + "}");
      }
      assertThat(calls("f")).hasSize(1);
      Files.writeString(go, "go");

      assertThat(call.get(30, TimeUnit.SECONDS).text()).isEqualTo("{\"did\":100}");
      awaitCalls("f", 21);
      await("nothing is left in the store", () -> isEmpty(machine));
    }
  }
}
