namespace Lambray.Tracing.Intake;

/// <summary>Somebody's own memory, in which documents wait until they are stored.</summary>
public interface IDocumentBuffer
{
    /// <summary>Makes room for a document; false when there is none, and the document is lost.</summary>
    bool TryHold(int bytes);

    /// <summary>Gives the room back when the document is about to be stored; false when the buffer is gone and the document with it.</summary>
    bool TryRelease(int bytes);
}
