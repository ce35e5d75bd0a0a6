package io.portico.server.cli;

import io.portico.gateway.control.protocol.AwsApi;
import io.portico.gateway.control.protocol.InputDocument;
import io.portico.gateway.json.Json;
import io.portico.lambda.code.FolderWatch;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps functions as their {@code function.json} says while it changes. Their code is not its
 * business: Lambda's host watches that itself. A file that says nothing sensible, or is gone,
 * leaves its function as it is.
 */
final class FunctionWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FunctionWatch.class);

  /** What members are that a definition no longer has; the others have nothing before or behind. */
  private static final Map<String, String> UNSET =
      Map.ofEntries(
          Map.entry("Description", "\"\""),
          Map.entry("Timeout", "3"),
          Map.entry("MemorySize", "128"),
          Map.entry("Environment", "{\"Variables\": {}}"),
          Map.entry("Layers", "[]"),
          Map.entry("EphemeralStorage", "{\"Size\": 512}"),
          Map.entry("TracingConfig", "{\"Mode\": \"PassThrough\"}"),
          Map.entry("DeadLetterConfig", "{\"TargetArn\": \"\"}"),
          Map.entry("VpcConfig", "{\"SubnetIds\": [], \"SecurityGroupIds\": []}"),
          Map.entry("KMSKeyArn", "\"\""),
          Map.entry("SnapStart", "{\"ApplyOn\": \"None\"}"),
          Map.entry("LoggingConfig", "{\"LogFormat\": \"Text\"}"));

  private final FunctionDeployer deployer;
  private final Map<Path, FunctionDefinition> definitions = new HashMap<>();
  private final FolderWatch folders = new FolderWatch(this::changed);

  /**
   * Watches from now on.
   *
   * @param functions as they were made
   */
  FunctionWatch(FunctionDeployer deployer, List<FunctionDeployer.Deployed> functions) {
    this.deployer = deployer;
    functions.forEach(
        function ->
            definitions.put(
                FunctionDefinition.folder(function.definition().file()), function.definition()));
    Set<Path> watched = Set.copyOf(definitions.keySet());
    watched.forEach(folders::add);
    // What has changed since they were made, the watch does not tell.
    watched.forEach(this::changed);
  }

  /** Something in a function's folder has changed. */
  private synchronized void changed(Path folder) {
    FunctionDefinition before = definitions.get(folder);
    if (before == null) {
      return;
    }
    try {
      FunctionDefinition now = FunctionDefinition.read(before.file());
      if (!now.input().equals(before.input())) {
        apply(before, now);
        definitions.put(folder, now);
      }
    } catch (DefinitionException e) {
      LOG.warn("{}; {} stays as it is", e.getMessage(), before.name());
    }
  }

  private void apply(FunctionDefinition before, FunctionDefinition now) {
    Set<String> names = new TreeSet<>(before.input().propertyNames());
    names.addAll(now.input().propertyNames());
    names.removeIf(name -> before.input().path(name).equals(now.input().path(name)));
    Set<String> changeable =
        InputDocument.of(AwsApi.LAMBDA, "UpdateFunctionConfiguration").members();
    ObjectNode changes = Json.object();
    for (String name : names) {
      JsonNode value = now.input().get(name);
      String unset = UNSET.get(name);
      if (changeable.contains(name) && value != null) {
        changes.set(name, value);
      } else if (changeable.contains(name) && unset != null) {
        changes.set(name, Json.parse(unset));
      } else {
        LOG.warn("{}: {} is in force with the next start", now.file(), name);
      }
    }
    if (!changes.isEmpty()) {
      List<String> changed = List.copyOf(changes.propertyNames());
      deployer.update(now, changes);
      LOG.info("{} has changed: {}", now.file(), String.join(", ", changed));
    }
  }

  @Override
  public void close() {
    folders.close();
  }
}
