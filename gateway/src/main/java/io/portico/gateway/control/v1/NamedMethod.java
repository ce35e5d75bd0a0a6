package io.portico.gateway.control.v1;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.model.ResourceRecord;
import io.portico.gateway.store.RecordWriter;

/** A method that a call names, with the resource whose record it is a part of. */
record NamedMethod(String apiId, ResourceRecord resource, MethodRecord method) {
  /** What it is called where something about it is told. */
  String label() {
    return method.httpMethod() + " " + resource.path();
  }

  /** Stores what became of it. */
  void put(RecordWriter records, MethodRecord changed) {
    put(records, resource.withMethod(changed));
  }

  void delete(RecordWriter records) {
    put(records, resource.withoutMethod(method.httpMethod()));
  }

  private void put(RecordWriter records, ResourceRecord changed) {
    records.put(RecordTypes.RESOURCE, apiId, resource.id(), changed);
  }
}
