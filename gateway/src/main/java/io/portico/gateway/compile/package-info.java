/**
 * Records to snapshots: a pure function, and the place where every dangling id and every broken
 * template is found.
 *
 * <p>What AWS rejects when it is configured is rejected here; what AWS accepts but fails on when it
 * is called compiles to a {@code Broken} variant. A setting that restricts access and is not
 * enforced yet compiles to a {@link io.portico.gateway.snapshot.Refusal}. Never sees {@code
 * execute}.
 */
@NullMarked
package io.portico.gateway.compile;

import org.jspecify.annotations.NullMarked;
