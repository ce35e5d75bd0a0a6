package io.portico.gateway.control.v1;

import io.portico.gateway.control.Publisher;
import io.portico.gateway.model.ApiKeyRecord;
import io.portico.gateway.store.RecordWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Writes down what is published. */
final class RecordingPublisher implements Publisher {
  private final List<String> events = new ArrayList<>();

  @Override
  public void stageChanged(RecordWriter records, String apiId, String stageName) {
    events.add("stageChanged " + apiId + " " + stageName);
  }

  @Override
  public void apiChanged(RecordWriter records, String apiId) {
    events.add("apiChanged " + apiId);
  }

  @Override
  public void stageDeleted(RecordWriter records, String apiId, String stageName) {
    events.add("stageDeleted " + apiId + " " + stageName);
  }

  @Override
  public void apiDeleted(RecordWriter records, String apiId) {
    events.add("apiDeleted " + apiId);
  }

  @Override
  public void apiKeysChanged(RecordWriter records, String scope, Collection<String> keyIds) {
    events.add("apiKeysChanged " + String.join(" ", keyIds));
  }

  @Override
  public void apiKeyDeleted(RecordWriter records, String scope, ApiKeyRecord key) {
    events.add("apiKeyDeleted " + key.id());
  }

  @Override
  public void usagePlanChanged(RecordWriter records, String scope, String planId) {
    events.add("usagePlanChanged " + planId);
  }

  @Override
  public void usagePlanDeleted(RecordWriter records, String scope, String planId) {
    events.add("usagePlanDeleted " + planId);
  }

  @Override
  public void domainNameChanged(RecordWriter records, String host) {
    events.add("domainNameChanged " + host);
  }

  /** What was published since the last call. */
  List<String> take() {
    List<String> taken = List.copyOf(events);
    events.clear();
    return taken;
  }
}
