package io.portico.gateway.jsonschema;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.Schema;
import com.networknt.schema.path.NodePath;
import io.portico.gateway.compute.Carrier;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is told of an invalid instance: the texts of AWS's validator, json-schema-validator of
 * java-json-tools.
 *
 * <p>AWS: each text once, in no order but that of a set; a format that is not known is told of as
 * well; source: second-hand, responses of AWS that users have published, all of which have the
 * order of Java's {@code HashSet}. Once anything is wrong, the validator goes no deeper: what is
 * beside the wrong value and beside those around it is told, what is below is not; source: assumed,
 * it is the library's default.
 */
final class Report extends Evaluation {
  /** No text is added to those that are longer in all. AWS: bounds are not known. */
  private static final int MAX_LENGTH = 16_000;

  private final JsonNode instance;
  private final Place first;
  private final Set<String> texts = new HashSet<>();
  private int length;
  private @Nullable Failure open;

  /**
   * @param first the first place where the instance is wrong
   */
  Report(ExecutionConfig config, JsonNode instance, Place first, Carrier carrier) {
    super(config, carrier);
    this.instance = instance;
    this.first = first;
  }

  /** The texts so far. */
  List<String> texts() {
    close();
    return List.copyOf(texts);
  }

  @Override
  void failed(Error error) {
    FailedKeyword keyword = FailedKeyword.of(error.getEvaluationPath());
    Place place = Place.of(error.getInstanceLocation(), keyword.depth());
    if (!isVisited(place)) {
      return;
    }
    Schema schema = schema(keyword.schema());
    if (open == null || !open.isOf(keyword.name(), schema, place)) {
      close();
      open = new Failure(keyword.name(), schema, place, place.in(instance));
    }
    open.add(error.getProperty(), keyword.branch());
  }

  @Override
  void unknownFormat(String name, NodePath location) {
    Place place = Place.of(location, location.getNameCount());
    if (isVisited(place) && FailedKeyword.of(getEvaluationPath()).name().equals("format")) {
      add(FormatTexts.unknown(name));
    }
  }

  private boolean isVisited(Place place) {
    return place.compareTo(first) <= 0 || place.isBeside(first);
  }

  private Schema schema(int index) {
    Iterator<Schema> schemas = getEvaluationSchema().iterator();
    for (int i = 0; i < index; i++) {
      schemas.next();
    }
    return schemas.next();
  }

  private void close() {
    if (open != null) {
      open.texts().forEach(this::add);
      open = null;
    }
  }

  private void add(String text) {
    String shown = Excerpt.ofText(text);
    if (length < MAX_LENGTH && texts.add(shown)) {
      length += shown.length();
    }
  }
}
