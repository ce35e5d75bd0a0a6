package io.portico.gateway.execute.explain;

/**
 * What bounds calls, as it is when one of them is answered.
 *
 * @param buckets of throttles
 * @param usage of API keys
 */
record LimitStates(BucketStates buckets, UsageStates usage) {}
