package io.portico.conformance.counterparts;

import io.portico.conformance.process.Needed;
import io.portico.conformance.process.NodePackages;
import io.portico.conformance.process.NodeServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/**
 * dynalite for DynamoDB, S3Proxy for S3 and ElasticMQ for SQS. S3Proxy takes what is signed with
 * {@link #KEY} and nothing else.
 */
public final class Counterparts implements AutoCloseable {
  /** Key and secret alike: what Portico signs with where the environment says nothing else. */
  public static final String KEY = "test";

  /** The variable that tells where DynamoDB's is. */
  public static final String DYNAMODB = "AWS_ENDPOINT_URL_DYNAMODB";

  private final SQSRestServer queues =
      SQSRestServerBuilder.withInterface("127.0.0.1").withDynamicPort().start();
  private final ObjectServer objects = ObjectServer.start();
  private final Optional<NodeServer> tables =
      NodeServer.start("dynalite", Path.of("").toAbsolutePath(), Map.of());

  public URI sqs() {
    return URI.create("http://127.0.0.1:" + queues.waitUntilStarted().localAddress().getPort());
  }

  public URI s3() {
    return objects.url();
  }

  /** Where DynamoDB's is; a test that asks is not run where there is no Node.js. */
  public URI dynamoDb() {
    return Needed.found(tables, NodePackages.NEEDS).url();
  }

  /** Whether DynamoDB's is there, without which the others are. */
  public boolean hasDynamoDb() {
    return tables.isPresent();
  }

  /** What tells AWS's clients, and Portico, where those are that are there. */
  public Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>();
    variables.put("AWS_ENDPOINT_URL_SQS", sqs().toString());
    variables.put("AWS_ENDPOINT_URL_S3", s3().toString());
    if (hasDynamoDb()) {
      variables.put(DYNAMODB, dynamoDb().toString());
    }
    return variables;
  }

  @Override
  public void close() {
    queues.stopAndWait();
    objects.close();
    tables.ifPresent(NodeServer::close);
  }
}
