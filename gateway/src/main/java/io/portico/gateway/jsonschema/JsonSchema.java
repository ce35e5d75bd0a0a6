package io.portico.gateway.jsonschema;

import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.ValidationLimitExceededException;
import com.networknt.schema.resource.SchemaLoader;
import io.portico.gateway.compute.Carrier;
import io.portico.gateway.json.Json;
import io.portico.gateway.regex.TooManyStepsException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A draft-04 schema, ready to validate. Immutable; any number of threads may use it at once. */
public final class JsonSchema {
  /** A schema evaluates one keyword on one value a step; a body of 10 MB needs far fewer. */
  private static final long MAX_STEPS = 5_000_000;

  /** Deeper than any document, {@link Json#MAX_DEPTH}, nested in alternatives. */
  private static final int MAX_DEPTH = 1_500;

  /** Of what nothing can be told. */
  private static final String INVALID = "the instance does not match the schema";

  private static final String METASCHEMA = "http://json-schema.org/draft-04/schema";

  private static final ExecutionConfig JUDGING = bounded().build();

  /**
   * Of alternatives, all are told: that annotations could be asked for keeps the validator going.
   */
  private static final ExecutionConfig REPORTING =
      bounded()
          .annotationCollectionEnabled(true)
          .annotationCollectionFilter(keyword -> false)
          .build();

  private static final OutputFormat<ExecutionContext> AS_TOLD =
      (schema, context, schemaContext) -> context;

  private final Schema schema;

  private JsonSchema(Schema schema) {
    this.schema = schema;
  }

  /**
   * Compiles a schema.
   *
   * @param location the schema's own address, against which its references are resolved
   * @param text the schema
   * @param references the texts of the schemas it may refer to, by address
   * @throws JsonSchemaException if the text is no draft-04 schema or refers to an unknown one
   */
  public static JsonSchema compile(String location, String text, Map<String, String> references) {
    JsonNode node;
    try {
      node = Json.parse(text);
    } catch (JacksonException e) {
      throw new JsonSchemaException("the schema is no JSON: " + e.getOriginalMessage());
    }
    if (!node.isObject()) {
      throw new JsonSchemaException("the schema is no object");
    }
    try {
      References.check(node, references);
      return new JsonSchema(registry(references).getSchema(SchemaLocation.of(location), node));
    } catch (SchemaException | IllegalArgumentException e) {
      throw new JsonSchemaException("not a draft-04 schema: " + e.getMessage());
    } catch (StackOverflowError e) {
      throw new JsonSchemaException("the schema is nested too deeply");
    }
  }

  /**
   * What is wrong with an instance, in the words of AWS's validator, fit for a log; empty if it is
   * valid. An instance that takes too much work to judge is invalid.
   *
   * @param carrier carries the calling thread
   */
  public List<String> validate(JsonNode instance, Carrier carrier) {
    Judgement judgement = new Judgement(JUDGING, carrier);
    String unjudged = evaluate(judgement, instance, carrier);
    Place first = judgement.first();
    if (first == null) {
      return unjudged == null ? List.of() : List.of(unjudged);
    }
    Report report = new Report(REPORTING, instance, first, carrier);
    String untold = evaluate(report, instance, carrier);
    List<String> texts = report.texts();
    return texts.isEmpty() ? List.of(Objects.requireNonNullElse(untold, INVALID)) : texts;
  }

  /** Returns why the evaluation did not come to its end, or null. */
  private @Nullable String evaluate(Evaluation evaluation, JsonNode instance, Carrier carrier) {
    try {
      RegexSteps.counted(carrier, () -> schema.validate(evaluation, instance, AS_TOLD));
      return null;
    } catch (Judgement.DecidedException e) {
      return null;
    } catch (ValidationLimitExceededException | TooManyStepsException e) {
      return "the instance takes too much work to validate";
    } catch (StackOverflowError e) {
      return "the instance is nested too deeply to validate";
    } catch (JacksonException e) {
      // Where a bound is an integer, a number is compared as one.
      return "a number is out of range";
    } catch (SchemaException e) {
      return "the schema cannot be applied";
    }
  }

  private static ExecutionConfig.Builder bounded() {
    return ExecutionConfig.builder()
        .locale(Locale.ROOT)
        .annotationCollectionEnabled(false)
        .maxEvaluationSteps(MAX_STEPS)
        .maxEvaluationDepth(MAX_DEPTH);
  }

  private static SchemaRegistry registry(Map<String, String> references) {
    SchemaRegistryConfig config =
        SchemaRegistryConfig.builder()
            .locale(Locale.ROOT)
            .preloadSchema(true)
            .regularExpressionFactory(BoundedRegex::new)
            .build();
    SchemaLoader loader =
        SchemaLoader.builder()
            .fetchRemoteResources(false)
            .allow(
                iri -> references.containsKey(iri.toString()) || iri.toString().equals(METASCHEMA))
            .resourceLoaders(loaders -> loaders.resources(references::get))
            .build();
    return SchemaRegistry.withDialect(
        Formats.DRAFT_4, builder -> builder.schemaRegistryConfig(config).schemaLoader(loader));
  }
}
