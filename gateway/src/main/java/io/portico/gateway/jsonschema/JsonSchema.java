package io.portico.gateway.jsonschema;

import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.ValidationLimitExceededException;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.resource.SchemaLoader;
import io.portico.gateway.compute.Carrier;
import io.portico.gateway.json.Json;
import io.portico.gateway.regex.TooManyStepsException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A draft-04 schema, ready to validate. Immutable; any number of threads may use it at once. */
public final class JsonSchema {
  /** A schema evaluates one keyword on one value a step; a body of 10 MB needs far fewer. */
  private static final long MAX_STEPS = 5_000_000;

  /** Deeper than any document, {@link Json#MAX_DEPTH}, nested in alternatives. */
  private static final int MAX_DEPTH = 1_500;

  private static final int MAX_TEXT = 200;

  private static final String METASCHEMA = "http://json-schema.org/draft-04/schema";

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
   * What is wrong with an instance, in English: the first errors, each cut to a length fit for a
   * log; empty if it is valid. An instance that takes too much work to judge is invalid.
   *
   * @param carrier carries the calling thread
   */
  public List<String> validate(JsonNode instance, Carrier carrier) {
    FirstErrors errors =
        new FirstErrors(
            ExecutionConfig.builder()
                .locale(Locale.ROOT)
                .annotationCollectionEnabled(false)
                .maxEvaluationSteps(MAX_STEPS)
                .maxEvaluationDepth(MAX_DEPTH)
                .build(),
            carrier);
    try {
      RegexSteps.counted(carrier, () -> schema.validate(errors, instance, OutputFormat.DEFAULT));
    } catch (FirstErrors.EnoughErrorsException e) {
      // What is found is told below.
    } catch (ValidationLimitExceededException | TooManyStepsException e) {
      return List.of("the instance takes too much work to validate");
    } catch (StackOverflowError e) {
      return List.of("the instance is nested too deeply to validate");
    } catch (JacksonException e) {
      // Where a bound is an integer, a number is compared as one.
      return List.of("a number is out of range");
    } catch (SchemaException e) {
      return List.of("the schema cannot be applied: " + e.getMessage());
    }
    return errors.found().stream().map(error -> shortened(error.toString())).toList();
  }

  /** A text names what the client sent: properties, however long. */
  private static String shortened(String text) {
    if (text.length() <= MAX_TEXT) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT;
    return text.substring(0, end) + "…";
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
        Dialects.getDraft4(), builder -> builder.schemaRegistryConfig(config).schemaLoader(loader));
  }
}
