package io.fouriermasks.store;

import java.time.Instant;

/**
 * A process of the lab as it last told of itself.
 *
 * @param name unlike that of any other process that lives
 * @param host name of its machine or container
 * @param device {@code cpu} or {@code cuda:N}, or null while its engine is being loaded
 * @param version of the program
 * @param isWorking whether it does jobs
 * @param startedAt when it was started
 * @param seenAt when it last gave a sign of life
 * @param job id of the job that it works on, or null
 * @param progress of that job as JSON, or null
 */
public record WorkerState(
    String name,
    String host,
    String device,
    String version,
    boolean isWorking,
    Instant startedAt,
    Instant seenAt,
    Long job,
    String progress) {}
