"""What stands before the day of publication, of a change, of what may be an event: alternatives of a pattern."""

PUBLISHED = (
    r"published|posted|first published|issued|released|publication date|veröffentlicht|erschienen|publié|paru|"
    r"mis en ligne|publicado|publicada|publicación|pubblicato|pubblicata|gepubliceerd|geplaatst|publicerad|"
    r"publicerat|publiceret|udgivet|publisert|julkaistu|opublikowano|data publikacji|publikováno|vydáno|"
    r"publikované|megjelent|közzétéve|publicat|data publicării|objavljeno|опубликовано|опубліковано|"
    r"публикувано|δημοσιεύθηκε|δημοσίευση|yayınlanma|yayın tarihi|giriş|diterbitkan|dipublikasikan|đăng|公開|掲載|"
    r"发布|發布|发表|입력|등록|نشر|فורסם|פורסם"
)
UPDATED = (
    r""
    r"(?:last )?(?:updated?|modified|edited|revised|reviewed|amended|changed|checked|verified|accessed|retrieved)|"
    r"medically reviewed|fact checked|aktualisiert|geändert|zuletzt|stand|mise? à jour|màj|modifié|"
    r"actualizado|actualizada|actualización|modificado|atualizado|atualizada|aggiornato|aggiornata|modificato|"
    r"ultimo aggiornamento|bijgewerkt|gewijzigd|uppdaterad|uppdaterat|opdateret|oppdatert|sist|päivitetty|"
    r"muokattu|zaktualizowano|aktualizacja|aktualizováno|aktualizované|frissítve|módosítva|actualizat|"
    r"ažurirano|обновлено|изменено|оновлено|обновена|ενημερώθηκε|ενημέρωση|güncelleme|güncellendi|güncellenme|"
    r"diperbarui|cập nhật|更新|수정|تحديث|עודכן|copyright|expires|until|event|deadline"
)
MAYBE_EVENT = r"date|when|datum|wann|fecha|cuándo|quand|data|quando"
