package io.portico.gateway.execute.cases;

import io.portico.gateway.aws.ArnPattern;
import io.portico.gateway.aws.EndpointUrl;
import io.portico.gateway.compile.LinkTargets;
import io.portico.gateway.compile.VpcLinks;
import io.portico.gateway.json.Yaml;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The sections {@code vpc links}, members by id, of version 2 where they have no {@code targetArn};
 * and {@code vpc link targets}, URLs by the pattern of an ARN.
 */
final class CaseLinks implements VpcLinks {
  private final Map<String, Link> links = new HashMap<>();
  private final List<LinkTargets.Rule> rules = new ArrayList<>();

  boolean take(String name, String text) {
    switch (name) {
      case "vpc links" -> links(text);
      case "vpc link targets" -> targets(text);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void links(String yaml) {
    Yaml.parse(yaml)
        .properties()
        .forEach(
            link ->
                links.put(
                    link.getKey(),
                    new Link(
                        link.getValue().path("status").asString("AVAILABLE"),
                        link.getValue().path("targetArn").asString(null))));
  }

  private void targets(String yaml) {
    Yaml.parse(yaml)
        .properties()
        .forEach(
            rule ->
                rules.add(
                    new LinkTargets.Rule(
                        Objects.requireNonNull(ArnPattern.of(rule.getKey())),
                        rule.getValue()
                            .valueStream()
                            .map(url -> EndpointUrl.of(URI.create(url.asString())).origin())
                            .toList())));
  }

  @Override
  public @Nullable Link find(String id) {
    return links.get(id);
  }

  LinkTargets configured() {
    return new LinkTargets(rules);
  }
}
