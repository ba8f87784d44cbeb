using Lambray.Tracing.Segments;

namespace Lambray.Tracing.TraceQuery;

/// <summary>Which part of the traces a search is to look at (<c>SamplingStrategy</c>); AWS names the two strategies and says no more of them.</summary>
public abstract record TraceSampling
{
    TraceSampling()
    {
    }

    /// <summary>As many traces as one page is made of, the newest, and no page after.</summary>
    public sealed record PartialScan : TraceSampling;

    /// <summary>A fraction of the traces, from 0 to 1: always the same ones, so that pages and repeated searches agree.</summary>
    public sealed record FixedRate(double Fraction) : TraceSampling
    {
        // The random digits of the id, spread once more: senders fill them as they like.
        public bool Takes(TraceId id)
        {
            var spread = (id.High ^ ((ulong)id.Low << 32)) * 0x9e3779b97f4a7c15;
            spread = (spread ^ (spread >> 32)) * 0xd6e8feb86659fd93;
            return (spread >> 11) * (1.0 / (1ul << 53)) < Fraction;
        }
    }
}
